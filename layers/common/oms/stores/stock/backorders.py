"""What is sold beyond stock: one row for each SKU, SKU#<sku> / BACKORDER.

`q` counts all units, `o_<order>` each order's share of them: the share makes the count happen once
and says what to give back. The cap is the condition of the very update that counts, so that no
number of orders at once exceeds it.
"""

from __future__ import annotations

from ...domain.errors import LostRace
from ..dynamo.table import Table
from . import keys


class BackorderStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def take(self, sku: str, order_id: str, units: int, cap: int) -> bool:
        room, share = cap - units, _share(order_id)
        if room < 0:
            return share in self._row(sku)
        try:
            self.table.update(
                keys.sku_pk(sku),
                keys.BACKORDER,
                "SET #share = :units, sx = :one ADD q :units",
                "attribute_not_exists(#share) AND (attribute_not_exists(q) OR q <= :room)",
                {"#share": share},
                {":units": units, ":room": room, ":one": 1},
            )
        except LostRace:
            return share in self._row(sku)
        return True

    def settle(self, sku: str, order_id: str, units: int) -> bool:
        share = _share(order_id)
        before = self._row(sku).get(share)
        if before is None or before == units:
            return False
        change = "SET #share = :units ADD q :delta" if units else "ADD q :delta REMOVE #share"
        values = {":delta": units - before, ":before": before}
        self.table.update(
            keys.sku_pk(sku),
            keys.BACKORDER,
            change,
            "#share = :before",
            {"#share": share},
            {**values, ":units": units} if units else values,
        )
        return True

    def _row(self, sku: str) -> dict[str, int]:
        return self.table.get(keys.sku_pk(sku), keys.BACKORDER) or {}


def _share(order_id: str) -> str:
    return f"o_{order_id}"
