"""Replays of past orders: asked for and followed over HTTP, run beside the request."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge import replays as edge
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.observability import logger
from oms.usecases.steering.run_replay import report_key
from oms.usecases.steering.start_replay import start_replay


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    if "routeKey" in event:
        return serve(event, ROUTES)
    replaying = wiring.live().replaying(lambda: context.get_remaining_time_in_millis() / 1000)
    job = replaying.run(edge.run_of(event))
    said = {"status": job.status, "orders": job.done} if job else {"status": "NOTHING TO DO"}
    logger.info("replay ended", extra=said)
    return said


def ask(request: Request) -> Response:
    live, asked = wiring.live(), edge.asked(request)
    job = start_replay(
        asked,
        replays=live.replays,
        book=live.rules,
        config=live.config,
        start=live.begin_replay,
        now=live.now(),
    )
    return edge.shown(job, live.documents, report_key(asked.name), 202)


def read(request: Request) -> Response:
    live, name = wiring.live(), edge.name_of(request)
    return edge.shown(live.replays.get(name), live.documents, report_key(name))


ROUTES = {
    "PUT /sourcing/replays/{name}": ask,
    "GET /sourcing/replays/{name}": read,
}
