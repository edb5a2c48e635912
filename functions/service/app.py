"""Customer service and operations help an order on: holds, more attempts, exception cases."""

from __future__ import annotations

from typing import Any

from oms.edge import orders as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.executing.park_execution import resume_executions
from oms.usecases.serving.grant_attempt import grant_attempt
from oms.usecases.serving.release_hold import release_hold
from oms.usecases.serving.resolve_case import resolve_case
from oms.wiring.executing import executing
from oms.wiring.serving import serving


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def release(request: Request) -> Response:
    kind = edge.kind_of_hold(request)
    return edge.state(
        release_hold(edge.order_id(request), kind, actor=_who(request), deps=serving())
    )


def grant(request: Request) -> Response:
    return edge.state(grant_attempt(edge.order_id(request), actor=_who(request), deps=serving()))


def resolve(request: Request) -> Response:
    order_id, case, note = edge.order_id(request), edge.case_of(request), edge.note_of(request)
    deps, actor = serving(), _who(request)
    found = resolve_case(order_id, case, note, actor=actor, orders=deps.orders, now=deps.now)
    return edge.case(found)


def resume(request: Request) -> Response:
    return Response(200, {"resumed": resume_executions(edge.order_id(request), executing())})


def _who(request: Request) -> str:
    return request.principal.actor


ROUTES = {
    "POST /orders/{order_id}/holds/release": release,
    "POST /orders/{order_id}/attempts": grant,
    "POST /orders/{order_id}/resume": resume,
    "POST /orders/{order_id}/cases/{kind}/{part}/resolve": resolve,
}
