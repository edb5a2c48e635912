"""Node staff prepare and hand over parts; carriers tell where parcels are."""

from __future__ import annotations

from typing import Any

from oms.edge import cursor
from oms.edge.http import Request, Response, serve
from oms.edge.staff import PART, Bound, part_number, routes, tally
from oms.observability import logger
from oms.usecases.preparing import list_work as work
from oms.usecases.preparing.staff_actions import ACTIONS
from oms.usecases.preparing.track_parcel import track_parcel
from oms.wiring import live


def bind(action: str) -> Bound:
    """The use case and what it needs of the outside."""
    use_case, needs = ACTIONS[action]
    deps = live()
    return use_case, {"now": deps.now(), **{need: getattr(deps, need) for need in needs}}


def list_work(request: Request) -> Response:
    from oms.contracts.staff import WorkPage

    deps, node = live(), request.path["node"]
    found, following = work.list_work(
        node,
        worker=request.principal,
        orders=deps.orders,
        config=deps.config,
        limit=cursor.limit_of(request.query),
        start=cursor.decode(request.query.get("cursor"), index="gn", of=node),
    )
    return Response(body=WorkPage.of(found, cursor.encode(following)).model_dump(mode="json"))


def get_part(request: Request) -> Response:
    from oms.contracts.staff import WorkView

    order_id, part, deps = request.path["order_id"], part_number(request), live()
    found = work.get_part(
        order_id, part, worker=request.principal, orders=deps.orders, config=deps.config
    )
    return Response(body=WorkView.of_work(found).model_dump(mode="json"))


def get_labels(request: Request) -> Response:
    order_id, part, deps = request.path["order_id"], part_number(request), live()
    labels = work.get_labels(
        order_id, part, worker=request.principal, orders=deps.orders, documents=deps.documents
    )
    return Response(body={"labels": labels})


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
    "POST /webhooks/carriers/{carrier}": hear_carrier,
    **routes(bind),
}


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return serve(event, ROUTES)
