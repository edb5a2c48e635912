"""Rows of a SKU about demand that stock on hand did not serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..dynamo.table import Item
from . import keys

Rows = Mapping[str, Sequence[Item]]  # by SKU


def wanted(found: Rows, order_id: str) -> dict[tuple[str, str], int]:
    """(SKU, ISO date) → units that others were promised for that day."""
    units: dict[tuple[str, str], int] = {}
    for sku, rows in found.items():
        for row in rows:
            waits = row["sk"].startswith(keys.WAITING) and row.get("order") != order_id
            if waits and (day := keys.promised_of(row["sk"])):
                units[sku, day] = units.get((sku, day), 0) + row["q"]
    return units


def backordered(found: Rows) -> dict[str, int]:
    return {
        sku: row["q"] for sku, rows in found.items() for row in rows if row["sk"] == keys.BACKORDER
    }
