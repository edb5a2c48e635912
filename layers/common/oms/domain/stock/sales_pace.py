"""What a ledger tells of a node's sales and of the age of its stock, for sourcing."""

from __future__ import annotations

from ..model.signals import SOLD_DAYS, Pace
from .layers import oldest
from .ledger import DEMAND_DAYS, SECONDS_A_DAY, LedgerBalance

assert SOLD_DAYS == DEMAND_DAYS, "what a ledger remembers is what is told"


def pace_of(ledger: LedgerBalance, now: int) -> Pace:
    today = now // SECONDS_A_DAY
    sold = sum(units for day, units in ledger.shipped.items() if day > today - SOLD_DAYS)
    return Pace(sold, oldest(ledger.came), today)
