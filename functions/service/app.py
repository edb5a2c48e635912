"""Customer service and operations help an order on: holds, more attempts, exception cases."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge import orders as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.usecases.executing.park_execution import resume_executions
from oms.usecases.serving.grant_attempt import grant_attempt
from oms.usecases.serving.release_hold import release_hold
from oms.usecases.serving.resolve_case import resolve_case


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def release(request: Request) -> Response:
    kind = edge.kind_of_hold(request)
    return edge.state(release_hold(edge.order_id(request), kind, **_by(request)))


def grant(request: Request) -> Response:
    return edge.state(grant_attempt(edge.order_id(request), **_by(request)))


def resolve(request: Request) -> Response:
    note, (kind, part) = edge.note_of(request), edge.case_of(request)
    return edge.case(resolve_case(edge.order_id(request), kind, part, note, **_by(request)))


def resume(request: Request) -> Response:
    live = wiring.live()
    resumed = resume_executions(
        edge.order_id(request), orders=live.orders, workflows=live.workflows
    )
    return Response(200, {"resumed": resumed})


def _by(request: Request) -> dict[str, Any]:
    live = wiring.live()
    return {"orders": live.orders, "now": live.now(), "actor": request.principal.actor}


ROUTES = {
    "POST /orders/{order_id}/holds/release": release,
    "POST /orders/{order_id}/attempts": grant,
    "POST /orders/{order_id}/resume": resume,
    "POST /orders/{order_id}/cases/{kind}/{part}/resolve": resolve,
}
