"""Replays of past orders: asked for and followed over HTTP, run beside the request."""

from __future__ import annotations

from typing import Any

from oms.edge import replays as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.observability import logger
from oms.usecases.replaying.run_replay import report_key, run_replay
from oms.usecases.replaying.start_replay import start_replay
from oms.wiring.steering import replaying, running_replay


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    if "routeKey" in event:
        return serve(event, ROUTES)
    deps = running_replay(lambda: context.get_remaining_time_in_millis() / 1000)
    job = run_replay(edge.run_of(event), deps=deps)
    said = {"status": job.status, "orders": job.done} if job else {"status": "NOTHING TO DO"}
    logger.info("replay ended", extra=said)
    return said


def ask(request: Request) -> Response:
    deps, asked = replaying(), edge.asked(request)
    job = start_replay(asked, deps=deps)
    return edge.shown(job, deps.documents, report_key(asked.name), 202)


def read(request: Request) -> Response:
    deps, name = replaying(), edge.name_of(request)
    return edge.shown(deps.replays.get(name), deps.documents, report_key(name))


ROUTES = {
    "PUT /sourcing/replays/{name}": ask,
    "GET /sourcing/replays/{name}": read,
}
