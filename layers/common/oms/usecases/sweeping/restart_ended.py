"""Executions that ended without their work done: each gets a successor, which finds what was done.

The last minutes are looked at by every run, so that one that fails is tried again soon; all that
Step Functions still tells of once an hour, so that a sweep that did not run loses nothing.
"""

from __future__ import annotations

from ...ports import Workflows
from .sweep_due import SweptItem

SOON_S, HOUR_S, LONG_S = 900, 3_600, 14 * 86_400
EVENT = "restart"


def restart_ended(workflows: Workflows, now: int) -> list[SweptItem]:
    """Each stands alone: one that cannot be started stops no other."""
    back = LONG_S if now % HOUR_S < 60 else SOON_S
    found = [
        _one(kind, name, workflows)
        for kind in ("order", "return")
        for name in workflows.ended(kind, now - back)
    ]
    return [each for each in found if each.event or each.error]


def _one(kind: str, name: str, workflows: Workflows) -> SweptItem:
    try:
        return SweptItem(name, kind, EVENT if workflows.restart(kind, name) else "")
    except Exception as error:  # of any kind: the caller logs it
        return SweptItem(name, kind, error=error)
