"""Learn from the lake how often each node gives parts back, and publish it for sourcing.

Runs beside the pricing of scarcity, once an hour at most; safe to repeat.
"""

from __future__ import annotations

from ...domain.model.signals import RATES_HOLD_S
from ...domain.sourcing.reliability import BACK_DAYS, rejected
from .deps import LookingAhead

EVERY_S = RATES_HOLD_S // 4


def rate_nodes(*, deps: LookingAhead) -> int:
    """How many nodes have a rate."""
    now, last = deps.now, deps.reports.last()
    if last.rejected is not None and now < last.rated_at + EVERY_S:
        return len(last.rejected)
    found = rejected(deps.rejections.outcomes(now, BACK_DAYS), deps.config.every_node())
    deps.reports.rate(found, now)
    return len(found)
