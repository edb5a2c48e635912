"""Reading the pages of hot SKUs.

Page 0 carries, once a SKU was hot: `hot` while it is, `mode`, `lot`, `pg` (pages leased), `ck`
(settled up to), `gone` (dropped up to), `pc` and `cc` (claims on page 0 itself: made while hot,
found bound), `lt` (last lease), `ask` (somebody wants it settled).
"""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.hot_stock import pages as p
from ...domain.model.stock_item import StockItem
from ..dynamo.table import MAX_BATCH_GET, Table
from . import keys
from .rows import item_of


class PageReader:
    def __init__(self, table: Table) -> None:
        self.table = table

    def pages(
        self, sku: str, node: str, numbers: Iterable[int], *, consistent: bool = False
    ) -> dict[int, StockItem]:
        """Those of these pages that exist."""
        wanted = list(numbers)
        found: dict[int, StockItem] = {}
        for at in range(0, len(wanted), MAX_BATCH_GET):
            chunk = wanted[at : at + MAX_BATCH_GET]
            places = [keys.stock_key(sku, node, number) for number in chunk]
            rows = self.table.batch_get(places, consistent=consistent)
            found |= {item.location: item for item in map(item_of, rows.values())}
        return found

    def together(self, first: StockItem) -> StockItem:
        """All pages as one item, lots that nobody claimed from yet included."""
        known = first.pages
        if known is None or known.last == 0:
            return first
        found = self.pages(first.sku, first.node, range(known.gone + 1, known.last + 1))
        coming = range(known.checked + 1, known.last + 1)
        fresh = {n: p.fresh(first, n) for n in coming if n not in found}
        return p.whole({0: first, **found, **fresh})
