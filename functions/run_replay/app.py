"""Source past orders again by rules that are not live yet, beside the request that asked for it."""

from __future__ import annotations

from typing import Any

from oms.edge.observed import observed
from oms.observability import logger
from oms.usecases.replaying.run_replay import run_replay
from oms.wiring.steering import running_replay


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """`event`: {"replay": its name}."""
    deps = running_replay(lambda: context.get_remaining_time_in_millis() / 1000)
    job = run_replay(str(event["replay"]), deps=deps)
    said = {"status": job.status, "orders": job.done} if job else {"status": "NOTHING TO DO"}
    logger.info("replay ended", extra=said)
    return said
