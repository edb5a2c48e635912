"""Node staff prepare and hand over parts; carriers tell where parcels are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oms.edge import cursor
from oms.edge import staff as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.staff import PART, Bound, part_number, routes, tally
from oms.usecases.preparing import list_work as work
from oms.usecases.preparing.staff_actions import ACTIONS
from oms.usecases.preparing.track_parcel import track_parcel
from oms.usecases.preparing.view_purchase import view_purchase
from oms.wiring import live


def bind(action: str) -> Bound:
    """The use case and what it needs of the outside."""
    use_case, needs = ACTIONS[action]
    deps = live()
    return use_case, {"now": deps.now(), **{need: getattr(deps, need) for need in needs}}


def list_work(request: Request) -> Response:
    deps, node = live(), request.path["node"]
    found, following = work.list_work(
        node,
        worker=request.principal,
        orders=deps.orders,
        config=deps.config,
        limit=cursor.limit_of(request.query),
        start=cursor.decode(request.query.get("cursor"), index="gn", of=node),
    )
    return edge.page(found, cursor.encode(following))


def get_part(request: Request) -> Response:
    return edge.work(_read(request, work.get_part, "orders", "config"))


def get_purchase(request: Request) -> Response:
    return edge.purchase(_read(request, view_purchase, "orders", "config"))


def get_labels(request: Request) -> Response:
    return Response(body={"labels": _read(request, work.get_labels, "orders", "documents")})


def _read(request: Request, use_case: Callable[..., Any], *needs: str) -> Any:
    deps = {need: getattr(live(), need) for need in needs}
    order_id, who = request.path["order_id"], request.principal
    return use_case(order_id, part_number(request), worker=who, **deps)


def hear_carrier(request: Request) -> Response:
    deps = live()
    updates = deps.carrier.tracking(request.headers, request.raw)
    told = [
        track_parcel(update, orders=deps.orders, now=deps.now())
        for update in sorted(updates, key=lambda update: update.at)
    ]
    return Response(body=tally((each.event_id, each.outcome) for each in told))


ROUTES = {
    "GET /nodes/{node}/work": list_work,
    f"GET {PART}": get_part,
    f"GET {PART}/labels": get_labels,
    f"GET {PART}/purchase-order": get_purchase,
    "POST /webhooks/carriers/{carrier}": hear_carrier,
    **routes(bind),
}


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return serve(event, ROUTES)
