"""Many stock lines at once: read by the hundred, written in parallel, each on its own condition.

A count needs one write unit: its condition is the item's version, and the item itself remembers
which count holds, so that no marker is written beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ...domain.errors import LostRace, Refused
from ...domain.model.stock_item import Movement, StockItem
from ..dynamo.table import MAX_BATCH_GET
from . import keys
from .rows import item_of, merging
from .store import PARALLEL, StockStore
from .update import update_of

T = TypeVar("T")
Place = tuple[str, str]  # SKU, node


class StockFeedStore:
    def __init__(self, stock: StockStore) -> None:
        self.stock = stock

    def items(self, places: Sequence[Place]) -> Mapping[Place, StockItem]:
        """Those that exist. Eventually consistent: what is written on them has a condition."""
        wanted = list(dict.fromkeys(places))
        chunks = [wanted[n : n + MAX_BATCH_GET] for n in range(0, len(wanted), MAX_BATCH_GET)]
        found = [item for chunk in self.stock.pool.map(self._read, chunks) for item in chunk]
        return {(item.sku, item.node): item for item in found}

    def _read(self, places: Sequence[Place]) -> list[StockItem]:
        rows = self.stock.table.batch_get(
            (keys.sku_pk(sku), keys.stock_sk(node)) for sku, node in places
        )
        return [self.stock.reader.together(item_of(row)) for row in rows.values()]

    def count_all(self, movements: Sequence[Movement]) -> list[bool]:
        """One update each; False where the item moved since it was read."""
        return self._in_parallel(self._count, movements)

    def _count(self, movement: Movement) -> bool:
        assert movement.counted_at
        assert movement.expected_version is not None
        request = update_of(movement).request(
            *keys.stock_key(movement.sku, movement.node, movement.location)
        )
        done, _ = self.stock.table.write_and_see("update_item", **request)
        return done

    def book_all(self, movements: Sequence[Movement], *, now: int) -> list[bool | Refused]:
        """As `Stock.book`; a refusal is the answer of its movement. Raises LostRace."""

        def attempt(movement: Movement) -> bool | Refused:
            try:
                return self.stock.movements.book(movement, now=now)
            except Refused as refused:
                return refused

        return self._in_parallel(attempt, movements)

    def _in_parallel(self, do: Callable[[Movement], T], movements: Sequence[Movement]) -> list[T]:
        """In order. Every thread takes its share at once: handing over one by one takes longer
        than what is handed over.
        """
        share = -(-len(movements) // PARALLEL) or 1
        shares = [movements[n : n + share] for n in range(0, len(movements), share)]
        done = self.stock.pool.map(lambda each: [do(movement) for movement in each], shares)
        return [result for each in done for result in each]

    def merge_flows(self, item: StockItem, *, now: int) -> bool:
        """Keep the item small; False where there is nothing to merge, or it moved meanwhile."""
        change = merging(item, now)
        if change is None:
            return False
        try:
            self.stock.table.update(keys.sku_pk(item.sku), keys.stock_sk(item.node), **change)
        except LostRace:
            return False
        return True
