"""What giving parts to other nodes needs of the outside."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Orders, Stock


@dataclass(frozen=True, slots=True)
class Rerouting:
    orders: Orders
    stock: Stock
    config: ConfigReader
    now: int
