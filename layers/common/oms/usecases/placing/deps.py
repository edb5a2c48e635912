"""What placing an order works with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Backorders, ConfigReader, Orders, Reservations, Stock


@dataclass(frozen=True, slots=True)
class Placing:
    orders: Orders
    reservations: Reservations
    backorders: Backorders
    stock: Stock
    config: ConfigReader
    now: int
