"""Settling the pages of a hot SKU: what is left comes back, what is done with is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from ...domain.errors import LostRace
from ...domain.hot_stock import pages as p
from ...domain.model.stock_item import Movement, StockItem, apply
from ..dynamo.table import Item, Table, to_wire
from . import keys
from .pages import PageReader
from .update import new_item, update_of, written


class PageStore:
    def __init__(self, table: Table, reader: PageReader, now: Callable[[], float]) -> None:
        self.table, self.reader, self.now = table, reader, now

    def read(
        self, sku: str, node: str, numbers: Iterable[int], *, consistent: bool = False
    ) -> Mapping[int, StockItem]:
        return self.reader.pages(sku, node, numbers, consistent=consistent)

    def recall(self, pages: Sequence[StockItem]) -> set[int]:
        """Bring back what is left of pages. Answers those where it could not, because somebody
        moved them first.
        """
        failed: set[int] = set()
        for at in range(0, len(pages), p.RECALLED_AT_ONCE):
            chunk = pages[at : at + p.RECALLED_AT_ONCE]
            if not self._recalled(chunk):
                alone = chunk if len(chunk) > 1 else ()
                one_by_one = {page.location for page in alone if self._recalled([page])}
                failed |= {page.location for page in chunk} - one_by_one
        return failed

    def _recalled(self, pages: Sequence[StockItem]) -> bool:
        recalled, here = p.recall_of(pages)
        updates = [self._action(here)]
        for page, move in zip(pages, recalled, strict=True):
            if page.version:
                updates.append(self._action(move))
            else:  # leased and never made: from now on it is there, and empty
                made = replace(page, made_at=int(self.now()))
                row = new_item(apply(made, move), move, page.available)
                put = {"TableName": self.table.name, "Item": to_wire(row)}
                updates.append({"Put": put | {"ConditionExpression": "attribute_not_exists(pk)"}})
        try:
            self.table.transact(updates)
        except LostRace:
            return False
        return True

    def _action(self, move: Movement) -> Item:
        return written(self.table, move, update_of(move))

    def tick_off(self, first: StockItem, done: int, bound: int) -> None:
        """Pages up to `done` are settled, and the first `bound` claims of page 0."""
        assert first.pages is not None
        with suppress(LostRace):
            self.table.update(
                *keys.stock_key(first.sku, first.node, 0),
                "SET ck = :done, cc = :bound",
                "ck = :before AND (attribute_not_exists(cc) OR cc <= :bound)",
                {},
                {":done": done, ":bound": bound, ":before": first.pages.checked},
            )

    def forget(self, first: StockItem, gone: int) -> None:
        """Pages up to `gone` are no longer stored, and no longer asked for."""
        assert first.pages is not None
        with suppress(LostRace):
            self.table.update(
                *keys.stock_key(first.sku, first.node, 0),
                "SET gone = :gone",
                "attribute_not_exists(gone) OR gone < :gone",
                {},
                {":gone": gone},
            )

    def drop_page(self, page: StockItem) -> None:
        """Nothing but its key is left of it; see `settling.droppable` for when."""
        with suppress(LostRace):
            self.table.delete_if(*keys.stock_key(page.sku, page.node, page.location), page.version)
