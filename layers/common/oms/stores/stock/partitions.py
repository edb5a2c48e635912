"""Rows of SKUs in one parallel round, pages of hot SKUs with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor

from ...domain.hot_stock.pages import fresh
from ...domain.model.stock_item import StockItem
from ..dynamo.table import Item, Table
from . import keys
from .hot_memory import HotMemory, Place, SkuRows
from .pages import PageReader
from .rows import item_of
from .shown import rows_shown


class PartitionReader:
    def __init__(
        self, table: Table, memory: HotMemory, reader: PageReader, pool: ThreadPoolExecutor
    ) -> None:
        self.table, self.memory, self.reader, self.pool = table, memory, reader, pool

    def read(
        self, skus: Iterable[str], consistent: bool, rough: Collection[str]
    ) -> dict[str, SkuRows]:
        """In one parallel round, save for pages that are not known yet. What was read of a hot SKU
        a moment ago is good enough to plan on: its claim decides.
        """
        asked = list(dict.fromkeys(skus))
        shown = {
            sku: self.pool.submit(rows_shown, self.table, sku) for sku in asked if sku in rough
        }
        exact, now = {}, self.memory.clock()
        for sku in set(asked) - shown.keys():
            at, kept = self.memory.recent.get(sku, (0, None))
            if kept is not None and not consistent and now - at < self.memory.believes_s:
                exact[sku] = kept
        missing = [sku for sku in asked if sku not in shown and sku not in exact]
        for sku, what in self._with_pages(missing, consistent).items():
            exact[sku] = what
            if any("hot" in row for row in what.rows):
                self.memory.recent[sku] = (self.memory.clock(), what)
            else:
                self.memory.recent.pop(sku, None)
        return {sku: SkuRows(shown[sku].result()) if sku in shown else exact[sku] for sku in asked}

    def _with_pages(self, skus: list[str], consistent: bool) -> dict[str, SkuRows]:
        """Pages that this worker knows to be open are read beside the partitions. One that was
        opened since counts as the lot it is; of a SKU that it sees hot for the first time, or
        where it must be sure, the pages are read afterwards. What is not there when it is read
        counts nothing: its lessee is about to make it, or died.
        """
        known = {place: set(p.open) for place, p in self.memory.known.items() if place[0] in skus}
        partitions, with_pages = self._at_once(skus, known, consistent)
        later: dict[Place, set[int]] = {}
        firsts = [
            item_of(row)
            for rows in partitions.values()
            for row in rows
            if row["sk"].startswith("NODE#") and "pg" in row
        ]
        for first in firsts:
            assert first.pages is not None
            place, opened = (first.sku, first.node), set(first.pages.open)
            if consistent or place not in known:
                later[place] = opened - known.get(place, set())
            self.memory.know(first)
        read = with_pages | self._at_once([], later, consistent)[1]
        found: dict[str, list[StockItem]] = {}
        for first in firsts:
            place = (first.sku, first.node)
            asked = known.get(place, set()) | later.get(place, set())
            found.setdefault(first.sku, []).extend(open_pages(first, read, asked))
        return {sku: SkuRows(rows, found.get(sku, ())) for sku, rows in partitions.items()}

    def _at_once(
        self, skus: Sequence[str], pages: Mapping[Place, set[int]], consistent: bool
    ) -> tuple[dict[str, list[Item]], dict[tuple[str, str, int], StockItem]]:
        """Partitions and pages in one parallel round."""

        def partition(sku: str) -> list[Item]:
            return self.table.query(keys.sku_pk(sku), consistent=consistent)

        places = [place for place, numbers in pages.items() if numbers]
        if len(skus) == 1 and not places:
            return {skus[0]: partition(skus[0])}, {}
        rows = [self.pool.submit(partition, sku) for sku in skus]
        items = [
            self.pool.submit(self.reader.pages, *place, sorted(pages[place])) for place in places
        ]
        found: dict[tuple[str, str, int], StockItem] = {
            (item.sku, item.node, item.location): item
            for each in items
            for item in each.result().values()
        }
        return {sku: each.result() for sku, each in zip(skus, rows, strict=True)}, found


def open_pages(
    first: StockItem, read: Mapping[tuple[str, str, int], StockItem], asked: Set[int]
) -> Iterator[StockItem]:
    """`asked`: the pages that were to be read."""
    assert first.pages is not None
    for number in first.pages.open:
        item = read.get((first.sku, first.node, number))
        if item or number not in asked:
            yield item or fresh(first, number)
