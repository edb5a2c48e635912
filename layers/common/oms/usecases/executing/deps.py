"""What an order's execution, and what follows from a change of it, works with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Backorders, ConfigReader, Orders, Reservations, Stock, Workflows
from ...ports.digital_goods import DigitalQueue
from ..reserving.deps import Reserving
from ..serving.deps import Serving


@dataclass(frozen=True, slots=True)
class Executing:
    orders: Orders
    stock: Stock
    config: ConfigReader
    reservations: Reservations
    backorders: Backorders
    workflows: Workflows
    digital: DigitalQueue
    now: int

    @property
    def serving(self) -> Serving:
        return Serving(self.orders, self.config, self.now)

    @property
    def reserving(self) -> Reserving:
        return Reserving(self.reservations, self.stock, self.config, self.now)
