"""Reading stock: a SKU's whole network in one parallel round, pages of hot SKUs with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

from ...domain.hot_stock.pages import fresh
from ...domain.model.network import Network
from ...domain.model.node import Node
from ...domain.model.stock_item import StockItem
from ...domain.model.stock_location import MAIN, StockLocation
from ...domain.model.supply import Supply
from ...ports.shown_stock import ShownUnits
from ..capacity.days import DayStore, Load
from ..dynamo.table import Item
from ..supply.rows import supply_of
from . import keys
from .heat import StockHeat
from .pages import Found, Place
from .rows import item_of, sound
from .shown import rows_shown, show
from .signals import lately_of
from .there import There
from .waiting_rows import backordered, wanted

PARALLEL = 20


class StockReading(StockHeat):
    """Part of `StockStore`."""

    @cached_property
    def days(self) -> DayStore:
        return DayStore(self.table)

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(PARALLEL)

    def network(
        self,
        skus: Iterable[str],
        nodes: Sequence[Node],
        *,
        consistent: bool,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
        days: Sequence[str] = (),
        rough: Collection[str] = (),
    ) -> Network:
        assert not (rough and (consistent or order_id or cart)), "what is shown knows no claims"
        loads = self._loads(days, consistent, order_id, first_part)
        if cart:  # what it holds may be younger than what is remembered
            self._forget(skus := list(skus))
        read = self._read_all(skus, consistent, rough)
        there = There(order_id, first_part, cart)
        for sku, found in read.items():
            there.add(sku, found, exact=sku not in rough)
        load = {key: count for each in loads for key, count in each.result().items()}
        rows_of = {sku: found.rows for sku, found in read.items()}
        return Network(
            tuple(nodes), there.available, there.waiting, _supplies(rows_of), load=load,
            on_hand=there.on_hand, held=_known(there.held), held_at=there.held_at,
            fed_at=_known(there.fed_at),
            wanted=wanted(rows_of, order_id), backordered=backordered(rows_of),
            unsettled=_unsettled(read.values()), rough=_known(there.rough),
            lately=lately_of(rows_of),
        )  # fmt: skip

    def load(
        self, days: Sequence[str], *, consistent: bool, order_id: str = "", first_part: int = 1
    ) -> dict[tuple[str, str], int]:
        read = self._loads(days, consistent, order_id, first_part)
        return {key: count for each in read for key, count in each.result().items()}

    def _loads(
        self, days: Sequence[str], consistent: bool, order_id: str, first_part: int
    ) -> list[Future[Load]]:
        return [
            self.pool.submit(self.days.load, day, order_id, first_part, consistent=consistent)
            for day in days
        ]

    def _read_all(
        self, skus: Iterable[str], consistent: bool, rough: Collection[str]
    ) -> dict[str, Found]:
        """In one parallel round, save for pages that are not known yet."""
        asked = list(dict.fromkeys(skus))
        shown = {
            sku: self.pool.submit(rows_shown, self.table, sku) for sku in asked if sku in rough
        }
        exact = self._found([sku for sku in asked if sku not in shown], consistent)
        return {sku: exact[sku] if sku in exact else Found(shown[sku].result()) for sku in asked}

    def _forget(self, skus: Iterable[str]) -> None:
        for sku in skus:
            self.recent.pop(sku, None)

    def _found(self, skus: Iterable[str], consistent: bool) -> dict[str, Found]:
        """What was read of a hot SKU a moment ago is good enough to plan on: its claim decides."""
        wanted, found = list(dict.fromkeys(skus)), {}
        for sku in wanted:
            at, kept = self.recent.get(sku, (0, None))
            if kept is not None and not consistent and self.clock() - at < self.believes_s:
                found[sku] = kept
        read = self._read([sku for sku in wanted if sku not in found], consistent)
        for sku, what in read.items():
            if any("hot" in row for row in what.rows):
                self.recent[sku] = (self.clock(), what)
            else:
                self.recent.pop(sku, None)
        return {sku: found.get(sku) or read[sku] for sku in wanted}

    def _read(self, skus: list[str], consistent: bool) -> dict[str, Found]:
        """Pages that this worker knows to be open are read beside the partitions. One that was
        opened since counts as the lot it is; of a SKU that it sees hot for the first time, or
        where it must be sure, the pages are read afterwards. What is not there when it is read
        counts nothing: its lessee is about to make it, or died.
        """
        known = {place: set(p.open) for place, p in self.known.items() if place[0] in skus}
        partitions, beside = self._at_once(skus, known, consistent)
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
            self._know(first)
        read = beside | self._at_once([], later, consistent)[1]
        found: dict[str, list[StockItem]] = {}
        for first in firsts:
            place = (first.sku, first.node)
            asked = known.get(place, set()) | later.get(place, set())
            found.setdefault(first.sku, []).extend(open_pages(first, read, asked))
        return {sku: Found(rows, found.get(sku, ())) for sku, rows in partitions.items()}

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
        items = [self.pool.submit(self.pages, *place, sorted(pages[place])) for place in places]
        found: dict[tuple[str, str, int], StockItem] = {
            (item.sku, item.node, item.location): item
            for each in items
            for item in each.result().values()
        }
        return {sku: each.result() for sku, each in zip(skus, rows, strict=True)}, found

    def show(self, showings: Sequence[ShownUnits]) -> int:
        return sum(self.pool.map(lambda each: show(self.table, each), showings))

    def item(self, sku: str, node: str, location: StockLocation = MAIN) -> StockItem | None:
        row = self.table.get(*keys.stock_key(sku, node, location))
        return sound(row) if row else None

    def stored(
        self, sku: str, node: str, location: StockLocation = MAIN
    ) -> tuple[StockItem, int] | None:
        """As it is, sound or not, with the stored number of available units."""
        row = self.table.get(*keys.stock_key(sku, node, location))
        return (item_of(row), row.get("av", 0)) if row else None

    def claims_at(self, sku: str, node: str) -> Mapping[str, str]:
        """Of all pages of the SKU there, sound or not."""
        first = self.stored(sku, node)
        return self.together(first[0]).claims if first else {}

    def items(self, sku: str) -> list[StockItem]:
        """The SKU at every node, all pages together."""
        rows = self.table.query(keys.sku_pk(sku), prefix="NODE#")
        return [self.together(sound(row)) for row in rows]

    def as_stored(self, sku: str) -> list[StockItem]:
        """As `items`, sound or not."""
        rows = self.table.query(keys.sku_pk(sku), prefix="NODE#")
        return [self.together(item_of(row)) for row in rows]

    def whole(self, sku: str, node: str) -> StockItem | None:
        """All pages of the SKU at a node together, with the version of page 0."""
        first = self.item(sku, node)
        return self.together(first) if first else None


def _supplies(rows_of: Mapping[str, Sequence[Item]]) -> tuple[Supply, ...]:
    return tuple(
        supply_of(sku, row)
        for sku, rows in rows_of.items()
        for row in rows
        if row["sk"].startswith("SUPPLY#")
    )


def _known(found: dict[Place, int]) -> dict[Place, int]:
    return {place: number for place, number in found.items() if number}


def _unsettled(read: Iterable[Found]) -> frozenset[Place]:
    items = (item_of(row) for found in read for row in found.rows if "pg" in row)
    return frozenset((i.sku, i.node) for i in items if i.pages and not i.pages.settled)


def open_pages(
    first: StockItem, read: Mapping[tuple[str, str, int], StockItem], asked: Set[int]
) -> Iterator[StockItem]:
    """`asked`: the pages that were to be read."""
    assert first.pages is not None
    for number in first.pages.open:
        item = read.get((first.sku, first.node, number))
        if item or number not in asked:
            yield item or fresh(first, number)
