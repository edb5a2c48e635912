"""Exception cases about stock, as people see them."""

from __future__ import annotations

from ...ports import Row
from .deps import Stocking

MAX_SHOWN = 100


def list_open_stock_cases(deps: Stocking) -> list[Row]:
    """Of all SKUs, the oldest first."""
    return list(deps.cases.open_cases(limit=MAX_SHOWN))


def list_stock_cases(sku: str, deps: Stocking) -> list[Row]:
    """Of one SKU, closed ones too."""
    return deps.cases.cases(sku)
