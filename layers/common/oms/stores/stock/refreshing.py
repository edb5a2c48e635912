"""Reading again what refused a claim, and nothing else: a conflict is about few rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from ...domain.model.network import Network
from ...domain.model.stock_item import StockItem
from ...domain.model.stock_location import MAIN, StockLocation
from ...domain.promising.work_day import with_load
from ..capacity.days import taken
from ..capacity.keys import day_pk, work_sk
from ..dynamo.table import MAX_BATCH_GET, Item, Table
from . import keys
from .hot_memory import HotMemory, Place
from .pages import PageReader
from .partitions import open_pages
from .rows import check, held_by, item_of, softly_held


class AvailabilityRefresher:
    def __init__(self, table: Table, memory: HotMemory, reader: PageReader) -> None:
        self.table, self.memory, self.reader = table, memory, reader

    def refresh(
        self,
        network: Network,
        places: Collection[Place],
        days: Collection[tuple[str, str]],
        *,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
    ) -> Network:
        """One consistent round trip; another one for each SKU among them that is hot."""
        stock = {place: keys.stock_key(*place, 0) for place in places}
        work = {(node, day): (day_pk(day), work_sk(node)) for node, day in days}
        read = self._rows([*stock.values(), *work.values()])
        rows = {place: read.get(key, {"pk": key[0], "sk": key[1]}) for place, key in stock.items()}
        held, held_at = dict(network.held), dict(network.held_at)
        available = dict(network.available)
        on_hand = dict(network.on_hand)
        unsettled = set(network.unsettled) - rows.keys()
        for place, row in rows.items():
            check(row)
            pages = self._pages_of(row, network.held_at.get(place, 0))
            held[place], held_at[place] = _in_cart(row, pages, cart)
            own = _own(row, pages, order_id, first_part) + held[place]
            available[place] = row.get("av", 0) + sum(page.available for page in pages) + own
            on_hand[place] = row.get("oh", 0) + sum(page.on_hand for page in pages)
            if (known := item_of(row).pages) and not known.settled:
                unsettled.add(place)
        known_now = replace(
            network,
            available=available,
            held=held,
            held_at=held_at,
            unsettled=frozenset(unsettled),
            fed_at={**network.fed_at, **{p: row.get("fa", 0) for p, row in rows.items()}},
            on_hand=on_hand,
        )
        load = {slot: taken(read[key], order_id, first_part)
                for slot, key in work.items() if key in read}  # fmt: skip
        return with_load(known_now, load)

    def _rows(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], Item]:
        found: dict[tuple[str, str], Item] = {}
        for at in range(0, len(wanted), MAX_BATCH_GET):
            found |= self.table.batch_get(wanted[at : at + MAX_BATCH_GET], consistent=True)
        return found

    def _pages_of(self, row: Item, also: int) -> list[StockItem]:
        """The open ones, and `also` the one that a cart holds on."""
        if "pg" not in row:
            return []
        first = item_of(row)
        assert first.pages is not None
        self.memory.know(first)
        self.memory.forget([first.sku])  # who plans next is to see what was found here
        numbers = set(first.pages.open)
        read = self.reader.pages(
            first.sku, first.node, sorted(numbers | {also} - {0}), consistent=True
        )
        by_place = {(first.sku, first.node, n): page for n, page in read.items()}
        closed = [read[also]] if also in read.keys() - numbers else []
        return [*open_pages(first, by_place, numbers), *closed]


def _own(row: Item, pages: Iterable[StockItem], order_id: str, first_part: int) -> int:
    claims = [row, *({"c": page.claims} for page in pages)]
    return sum(held_by(each, order_id, first_part) for each in claims)


def _in_cart(row: Item, pages: Iterable[StockItem], cart: str) -> tuple[int, StockLocation]:
    """(units that the cart holds, on which page)."""
    if not cart:
        return 0, MAIN
    found = {page.location: softly_held({"c": page.claims}, cart) for page in pages}
    page = max((number for number, units in found.items() if units), default=MAIN)
    return found[page] if page else softly_held(row, cart), page
