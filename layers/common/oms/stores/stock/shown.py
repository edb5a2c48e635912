"""Stock as quotes read it: the sparse index `shown` of a SKU's rows, short enough for a network.

In it are rows with `sx`: page 0 of each node, supply, waiting demand, what was sold beyond stock.
Of a node it has `sh` (domain/stock/availability.py), when its feed spoke if that matters, and if it
is hot: no claims, no buckets, so that forty nodes are half a read unit. `sv`, not in the index, is
the item's version that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from ...domain.errors import LostRace
from ...domain.stock.availability import rounding_gap
from ...ports.shown_stock import ShownUnits
from ..dynamo.table import Item, Table
from . import keys

UNKNOWN = 1_000_000_000  # units there may be where nothing was shown yet, or on further pages


def rows_shown(table: Table, sku: str) -> list[Item]:
    """The SKU's rows, with what is shown as available. Eventually consistent."""
    rows = table.query(keys.sku_pk(sku), consistent=False, index=keys.SHOWN)
    return [{**row, "av": row.get("sh", 0)} for row in rows]


def more_at(row: Item) -> int:
    """Units that a node may have beyond those shown."""
    return UNKNOWN if "sh" not in row or "hot" in row else rounding_gap(row["sh"])


def marked(row: Item) -> Item:
    """A row that quotes are to see."""
    return {**row, keys.IN_SHOWN: 1}


class ShownStore:
    def __init__(self, table: Table, pool: ThreadPoolExecutor) -> None:
        self.table, self.pool = table, pool

    def show(self, showings: Sequence[ShownUnits]) -> int:
        return sum(self.pool.map(self._show, showings))

    def _show(self, showing: ShownUnits) -> bool:
        try:
            self.table.update(
                *keys.stock_key(showing.sku, showing.node, 0),
                "SET sh = :units, sv = :v, sx = :one",
                "attribute_exists(pk) AND (attribute_not_exists(sv) OR sv < :v)",
                {},
                {":units": showing.units, ":v": showing.version, ":one": 1},
            )
        except LostRace:
            return False
        return True
