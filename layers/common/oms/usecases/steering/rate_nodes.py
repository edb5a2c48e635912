"""Learn from the lake how often each node gives parts back, and publish it for sourcing.

Runs beside the pricing of scarcity, once an hour at most; safe to repeat.
"""

from __future__ import annotations

from ...domain.model.signals import RATES_HOLD_S
from ...domain.sourcing.reliability import BACK_DAYS, rejected
from ...ports import ConfigReader
from ...ports.signals import NodeReports, Rejections

EVERY_S = RATES_HOLD_S // 4


def rate_nodes(*, history: Rejections, reports: NodeReports, config: ConfigReader, now: int) -> int:
    """How many nodes have a rate."""
    last = reports.last()
    if last.rejected is not None and now < last.rated_at + EVERY_S:
        return len(last.rejected)
    found = rejected(history.outcomes(now, BACK_DAYS), config.every_node())
    reports.rate(found, now)
    return len(found)
