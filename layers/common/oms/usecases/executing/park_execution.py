"""An execution that cannot go on waits for a human: a case names the cause, a token resumes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...domain.model.returns import return_execution, return_row
from ...ports.cases import Cases
from .deps import Executing

PARKED = "PARKED"
RESUMED_AT_ONCE = 50  # cases looked at in one call


def park_execution(
    order_id: str, what: str, token: str, failed: Mapping[str, Any], deps: Executing
) -> None:
    """`what`: ORDER or the return's sort key; `failed`: the stage, and what Step Functions caught
    there as `error`.
    """
    number = int(what.rpartition("#")[2]) if "#" in what else 0
    deps.orders.put_wait(order_id, what, token, PARKED, deps.now)
    why = {"stage": str(failed.get("stage", "")), "reason": str(failed["error"])[:1000]}
    deps.orders.open_case(order_id, PARKED, number, {**why, "at": deps.now})


def resume_executions(order_id: str, deps: Executing) -> list[str]:
    """After the cause is fixed: what was parked of this order and its returns goes on, and what
    ended without its work done begins again.

    Answers what was resumed. Harmless when repeated.
    """
    order = deps.orders.get(order_id)
    names = {"ORDER": ("order", order_id)}
    for ret in order.returns:
        names[return_row(ret.number)] = ("return", return_execution(order_id, ret.number))
    return [what for what, name in names.items() if _resume(order_id, what, name, deps)]


def _resume(order_id: str, what: str, name: tuple[str, str], deps: Executing) -> bool:
    waiting = deps.orders.wait(order_id, what)
    parked = bool(waiting and waiting["reason"] == PARKED)
    if waiting and parked:
        deps.workflows.resume(waiting["token"], {"outcome": "RETRY"})
    return deps.workflows.restart(*name) or parked


def resume_parked(
    stage: str, since: int, start: Mapping[str, Any] | None, cases: Cases, deps: Executing
) -> tuple[list[str], Mapping[str, Any] | None]:
    """All orders with an execution that parked since then, at this stage ("": at any): a page of
    them, and where the next one starts. Harmless when repeated.
    """
    found, following = cases.page(
        "OPEN", since=since, until=deps.now, limit=RESUMED_AT_ONCE, start=start
    )
    orders = [
        str(case["pk"]).partition("#")[2]
        for case in found
        if case["kind"] == PARKED and stage in ("", case.get("stage", ""))
    ]
    return [id for id in dict.fromkeys(orders) if resume_executions(id, deps)], following
