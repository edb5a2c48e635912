"""An execution that cannot go on waits for a human: a case names the cause, a token resumes it."""

from __future__ import annotations

from typing import Any

from ...domain.model.returns import row
from ...ports import Orders, Workflows

PARKED = "PARKED"


def park_execution(
    order_id: str, what: str, token: str, error: Any, *, orders: Orders, now: int
) -> None:
    """`what`: ORDER or the return's sort key; `error`: what Step Functions caught."""
    number = int(what.rpartition("#")[2]) if "#" in what else 0
    orders.put_wait(order_id, what, token, PARKED, now)
    cause = str(error)[:1000]
    orders.open_case(order_id, PARKED, number, {"reason": cause, "at": now})


def resume_executions(order_id: str, *, orders: Orders, workflows: Workflows) -> list[str]:
    """After the cause is fixed: what was parked of this order and its returns goes on.

    Answers what was resumed. Harmless when repeated.
    """
    order = orders.get(order_id)
    resumed = []
    for what in ("ORDER", *(row(ret.number) for ret in order.returns)):
        waiting = orders.wait(order_id, what)
        if waiting and waiting["reason"] == PARKED:
            workflows.resume(waiting["token"], {"outcome": "RETRY"})
            resumed.append(what)
    return resumed
