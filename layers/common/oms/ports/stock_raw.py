"""Stock as it is stored, sound or not: for who looks for what is wrong."""

from __future__ import annotations

from typing import Protocol

from ..domain.stock.item import StockItem


class RawStock(Protocol):
    def stored(self, sku: str, node: str) -> tuple[StockItem, int] | None:
        """The item and the number that is stored as its available units."""
