"""Cycle counts, for the staff of a node."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.stock import body_of
from oms.usecases.stocking import count_session as counts


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def create(request: Request) -> Response:
    body = body_of(request, "counts", "CountSessionBody")
    return _shown(counts.create(body.id, body.node, body.skus, _doing(request)))


def see(request: Request) -> Response:
    return _shown(counts.view(request.path["id"], _doing(request)))


def listed(request: Request) -> Response:
    from oms.contracts.counts import CountSessionsView, CountSessionView

    found = counts.open_sessions(request.path["node"], _doing(request))
    seen = [CountSessionView.of(session) for session in found]
    return Response(200, CountSessionsView(counts=seen).model_dump(mode="json"))


def step(request: Request) -> Response:
    event = request.route.rpartition("/")[2]
    said = body_of(request, "counts", BODIES[event]).said() if event in BODIES else {}
    return _shown(counts.advance(request.path["id"], event, said, _doing(request)))


def _doing(request: Request) -> counts.Counting:
    live, who = wiring.live(), request.principal
    stores = (live.count_sessions, live.feeds, live.config)
    return counts.Counting(who.actor, who.may_work_at, *stores, live.now())


def _shown(session: Any) -> Response:
    from oms.contracts.counts import CountSessionView

    return Response(200, CountSessionView.of(session).model_dump(mode="json"))


BODIES = {"assign": "AssigneeBody", "count": "CountedBody", "recount": "RecountBody"}
STEPS = ("assign", "count", "review", "recount", "post", "void")
ROUTES = {
    "POST /counts": create,
    "GET /counts/{id}": see,
    "GET /nodes/{node}/counts": listed,
    **{f"POST /counts/{{id}}/{name}": step for name in STEPS},
}
