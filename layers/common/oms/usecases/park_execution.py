"""An execution that cannot go on waits for a human: a case names the cause, a token resumes it."""

from __future__ import annotations

from typing import Any

from ..ports import Orders, Workflows

PARKED = "PARKED"


def park_execution(
    order_id: str, what: str, token: str, error: Any, *, orders: Orders, now: int
) -> None:
    """`what`: ORDER or the return's sort key; `error`: what Step Functions caught."""
    number = int(what.rpartition("#")[2]) if "#" in what else 0
    orders.put_wait(order_id, what, token, PARKED, now)
    cause = str(error)[:1000]
    orders.open_case(order_id, PARKED, number, {"reason": cause, "at": now})


def resume_execution(
    order_id: str, what: str, *, orders: Orders, workflows: Workflows
) -> bool:
    """After the cause is fixed; False when nothing is parked."""
    waiting = orders.wait(order_id, what)
    if waiting is None or waiting["reason"] != PARKED:
        return False
    workflows.resume(waiting["token"], {"outcome": "RETRY"})
    return True
