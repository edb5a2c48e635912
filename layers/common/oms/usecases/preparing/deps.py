"""What preparing a part needs of the outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...ports import Carrier, ConfigReader, Documents, LabelPrinter, Orders, Stock


@dataclass(frozen=True, slots=True)
class Preparing:
    """`codes` makes a fresh collection code, unpredictable."""

    orders: Orders
    stock: Stock
    config: ConfigReader
    carrier: Carrier
    printer: LabelPrinter
    documents: Documents
    codes: Callable[[], str]
    now: int
