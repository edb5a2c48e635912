"""What reports of stock are booked with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Stock, StockFeeds
from ...ports.auditing import StockCases


@dataclass(frozen=True, slots=True)
class Stocking:
    stock: Stock
    feeds: StockFeeds
    cases: StockCases
    config: ConfigReader
    now: int
