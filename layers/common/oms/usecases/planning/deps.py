"""What stock planners read."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Stock
from ...ports.auditing import AuditBooks


@dataclass(frozen=True, slots=True)
class Planning:
    stock: Stock
    books: AuditBooks
    config: ConfigReader
    now: int
