"""Counting a SKU that lies on pages, exactly, while its units leave them.

A count says what lay there at a moment, and is booked on page 0. Each page is told that moment
first, and read in the same write: what is booked on it before is in what was read, and what left
before that moment but is booked afterwards finds its condition false, as on page 0.

    page 0 read ─► each page told `ca`, and read ─► page 0 written, if nothing moved between pages

What is booked meanwhile of goods that left before moves page 0 as well, so that the count is
computed anew. A count that dies in between has changed no number.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ...domain.errors import LostRace
from ...domain.hot_stock import pages as p
from ...domain.model.movement_kind import MovementKind
from ...domain.model.stock_item import Movement, StockItem
from ...domain.stock.counting import includes
from ..dynamo.table import Table, key, to_wire
from . import keys
from .items import StockItemReader
from .rows import item_of
from .update import update_of, written


class CountFences:
    def __init__(self, table: Table, items: StockItemReader, pool: ThreadPoolExecutor) -> None:
        self.table, self.items, self.pool = table, items, pool

    def fence(self, sku: str, node: str, at: int) -> StockItem | None:
        """Tell every location of a count as of `at`, and what lies at all of them together."""
        first = self.items.get(sku, node)
        known = first.pages if first else None
        if first is None or known is None or known.last == 0:
            return first
        pages = self.items.reader.pages(
            sku, node, range(known.gone + 1, known.last + 1), consistent=True
        )
        marked = self.pool.map(lambda page: self._tell(page, at), pages.values())
        found: dict[int, StockItem] = {page.location: page for page in marked if page}
        coming = set(range(known.checked + 1, known.last + 1)) - found.keys()
        return p.whole({0: first, **found, **{n: p.fresh(first, n) for n in sorted(coming)}})

    def _tell(self, page: StockItem, at: int) -> StockItem | None:
        """The page as it is when it is told; None when it was dropped meanwhile."""
        _, row = self.table.write_and_see(
            "update_item",
            Key=key(*keys.stock_key(page.sku, page.node, page.location)),
            UpdateExpression="SET ca = :at",
            ConditionExpression=("attribute_exists(pk) AND (attribute_not_exists(ca) OR ca < :at)"),
            ExpressionAttributeValues=to_wire({":at": at}),
        )
        return item_of(row) if row else None

    def move_counted(self, movement: Movement) -> bool:
        """Units leave a page that was told of a later count. Raises LostRace.

        Booked: it did not find them there any more, page 0 paid for them and has them back, so that
        neither shows units that nobody can have. Not booked yet: it finds page 0 moved, and is
        computed anew.
        """
        first = self.items.get(movement.sku, movement.node)
        counted = includes(first, movement.at, movement.on_hand)
        here = Movement(
            f"{movement.id}:COUNTED", MovementKind.RECALL, movement.sku,
            movement.node, movement.quantity,
            on_hand=-movement.on_hand if counted else 0, cause=f"page {movement.location}",
            actor=movement.actor,
        )  # fmt: skip
        of_page_0 = update_of(here)
        booked = "ca > :left" if counted else "(attribute_not_exists(ca) OR ca <= :left)"
        of_page_0.require(booked, left=movement.at)
        leaving = update_of(replace(movement, at=0), 0 if counted else movement.at)
        try:
            self.table.transact(
                [written(self.table, movement, leaving), written(self.table, here, of_page_0)]
            )
        except LostRace:
            page = self.items.get(movement.sku, movement.node, movement.location)
            if page is None or page.claims.get(movement.claim, "") != movement.before:
                return False
            raise
        return True
