"""What the sweep of due items needs of the outside."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Orders, Stock
from ..outages.deps import Outages
from ..rerouting.deps import Rerouting


@dataclass(frozen=True, slots=True)
class Sweeping:
    orders: Orders
    stock: Stock
    config: ConfigReader
    outages: Outages
    rerouting: Rerouting
    now: int
