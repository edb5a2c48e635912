"""What a change of stock is followed with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Backorders, Bindings, ConfigReader, Orders, Reservations, ShownStock, Stock
from ...ports.auditing import StockCases
from ...ports.claim_checks import ClaimChecks


@dataclass(frozen=True, slots=True)
class FollowingStock:
    orders: Orders
    reservations: Reservations
    backorders: Backorders
    bindings: Bindings
    stock: Stock
    shown: ShownStock
    cases: StockCases
    checks: ClaimChecks
    config: ConfigReader
    now: int
