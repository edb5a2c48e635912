"""What following the orders of channels works with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Backorders, ConfigReader, Orders, Reservations, Stock
from ..placing.deps import Placing
from ..serving.deps import Serving


@dataclass(frozen=True, slots=True)
class FollowingChannels:
    orders: Orders
    reservations: Reservations
    backorders: Backorders
    stock: Stock
    config: ConfigReader
    now: int

    @property
    def placing(self) -> Placing:
        known = (self.orders, self.reservations, self.backorders, self.stock, self.config)
        return Placing(*known, self.now)

    @property
    def serving(self) -> Serving:
        return Serving(self.orders, self.config, self.now)
