"""Cycle counts, for the staff of a node."""

from __future__ import annotations

from typing import Any

from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.stock import body_of
from oms.usecases.counting import read_count as reading
from oms.usecases.counting import step_count as steps
from oms.usecases.counting.create_count import create_count
from oms.wiring.counting import counting


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def create(request: Request) -> Response:
    body = body_of(request, "counts", "CountSessionBody")
    return _shown(create_count(body.id, body.node, body.skus, request.principal, counting()))


def see(request: Request) -> Response:
    return _shown(reading.view_count(request.path["id"], request.principal, counting()))


def listed(request: Request) -> Response:
    from oms.contracts.counts import CountSessionsView, CountSessionView

    found = reading.list_open_counts(request.path["node"], request.principal, counting())
    seen = [CountSessionView.of(session) for session in found]
    return Response(200, CountSessionsView(counts=seen).model_dump(mode="json"))


def assign(request: Request) -> Response:
    body = body_of(request, "counts", "AssigneeBody")
    return _shown(
        steps.assign_count(request.path["id"], body.assignee, request.principal, counting())
    )


def count(request: Request) -> Response:
    units = body_of(request, "counts", "CountedBody").units()
    return _shown(steps.count_lines(request.path["id"], units, request.principal, counting()))


def recount(request: Request) -> Response:
    body = body_of(request, "counts", "RecountBody")
    return _shown(steps.recount(request.path["id"], body.skus, request.principal, counting()))


def review(request: Request) -> Response:
    return _shown(steps.review_count(request.path["id"], request.principal, counting()))


def post(request: Request) -> Response:
    return _shown(steps.post_count(request.path["id"], request.principal, counting()))


def void(request: Request) -> Response:
    return _shown(steps.void_count(request.path["id"], request.principal, counting()))


def _shown(session: Any) -> Response:
    from oms.contracts.counts import CountSessionView

    return Response(200, CountSessionView.of(session).model_dump(mode="json"))


STEPS = (assign, count, review, recount, post, void)
ROUTES = {
    "POST /counts": create,
    "GET /counts/{id}": see,
    "GET /nodes/{node}/counts": listed,
    **{f"POST /counts/{{id}}/{step.__name__}": step for step in STEPS},
}
