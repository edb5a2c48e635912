"""An execution that cannot go on waits for a human: a case names the cause, a token resumes it."""

from __future__ import annotations

from typing import Any

from ...domain.model.returns import return_row
from .deps import Executing

PARKED = "PARKED"


def park_execution(order_id: str, what: str, token: str, error: Any, deps: Executing) -> None:
    """`what`: ORDER or the return's sort key; `error`: what Step Functions caught."""
    number = int(what.rpartition("#")[2]) if "#" in what else 0
    deps.orders.put_wait(order_id, what, token, PARKED, deps.now)
    cause = str(error)[:1000]
    deps.orders.open_case(order_id, PARKED, number, {"reason": cause, "at": deps.now})


def resume_executions(order_id: str, deps: Executing) -> list[str]:
    """After the cause is fixed: what was parked of this order and its returns goes on.

    Answers what was resumed. Harmless when repeated.
    """
    order = deps.orders.get(order_id)
    resumed = []
    for what in ("ORDER", *(return_row(ret.number) for ret in order.returns)):
        waiting = deps.orders.wait(order_id, what)
        if waiting and waiting["reason"] == PARKED:
            deps.workflows.resume(waiting["token"], {"outcome": "RETRY"})
            resumed.append(what)
    return resumed
