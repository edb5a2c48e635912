"""What alerts about stock are raised with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader
from ...ports.auditing import AuditBooks, Paces, StockCases
from ...ports.stock_levels import StockLevels
from ...ports.stock_raw import RawStock


@dataclass(frozen=True, slots=True)
class Alerting:
    stock: RawStock
    books: AuditBooks
    paces: Paces
    config: ConfigReader
    levels: StockLevels
    cases: StockCases
    now: int
