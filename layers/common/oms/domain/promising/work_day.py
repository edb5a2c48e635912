"""The day whose capacity a part takes at its node."""

from __future__ import annotations

from ..sourcing.plan import Promise


def work_day(promise: Promise) -> str:
    """ISO date: the day work begins on what is shipped, the day a pickup is ready."""
    return (promise.cutoff if promise.ship_by else promise.ready_by)[:10]
