"""How well a SKU is stocked, over the network or at one node that is watched.

    OUT   nothing is available
    LOW   no more than the threshold; where none is configured, the reorder point (planning.py)
    OVER  more than lasts for the target, in days at the pace of the last four weeks
    OK    otherwise, and before anything was known

A level says what is so now and has no memory. What was told, and that it is told once, is in the
transitions from one level to the next (lifecycle.LEVEL).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from ..lifecycle import step
from ..stock_lifecycles import (
    CAMPAIGN,
    LEVEL,
    CampaignEvent,
    CampaignStatus,
    LevelEvent,
    StockCaseKind,
    StockLevel,
)

OK, LOW, OUT, OVER = StockLevel.OK, StockLevel.LOW, StockLevel.OUT, StockLevel.OVER
NETWORK = "*"  # the site of a level over all nodes; no node has that name
EVERY_CHANNEL = ("*",)
CASES: Mapping[StockLevel, StockCaseKind] = MappingProxyType(
    {
        OUT: StockCaseKind.STOCK_OUT,
        LOW: StockCaseKind.STOCK_LOW,
        OVER: StockCaseKind.STOCK_OVER,
    }
)
_EVENT = {
    OUT: LevelEvent.OUT,
    LOW: LevelEvent.LOW,
    OVER: LevelEvent.OVER,
    OK: LevelEvent.NORMAL,
}


@dataclass(frozen=True, slots=True)
class StockAlerts:
    """What of a product's stock is watched, and what follows. It stands in its configuration."""

    low_stock: int | None = None  # units over the network; None: the reorder point
    target_days: int = 0  # of cover, above which it is over stock; 0: never
    nodes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # → low units
    pause_at_low: bool = False  # campaigns pause before the last units are gone
    channels: tuple[str, ...] = EVERY_CHANNEL  # whose campaigns pause


def level(available: int, low: int, daily: Decimal, target_days: int) -> StockLevel:
    """`daily`: units that go in a day. Stock that nobody asks for lasts for ever."""
    if available <= 0:
        return OUT
    if available <= low:
        return LOW
    if target_days and available > daily * target_days:
        return OVER
    return OK


def steps(before: StockLevel, after: StockLevel) -> list[tuple[LevelEvent, StockLevel]]:
    """(event, level it leads to), in order. What was out is back before it is anything else."""
    found: list[tuple[LevelEvent, StockLevel]] = []
    at = before
    while at != after:
        event = LevelEvent.BACK if at == OUT else _EVENT[after]
        at = step(LEVEL, at, event)
        found.append((event, at))
    return found


def campaign_step(
    status: CampaignStatus, level: StockLevel, alerts: StockAlerts
) -> tuple[CampaignEvent, CampaignStatus] | None:
    """(event, status it leads to) of campaigns at this level of the network; None: as they are."""
    pause = level == OUT or (alerts.pause_at_low and level == LOW)
    if pause == (status == CampaignStatus.PAUSED):
        return None
    event = CampaignEvent.PAUSE if pause else CampaignEvent.RESUME
    return event, step(CAMPAIGN, status, event)
