"""What holding stock for carts works with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Reservations, Stock


@dataclass(frozen=True, slots=True)
class Reserving:
    reservations: Reservations
    stock: Stock
    config: ConfigReader
    now: int
