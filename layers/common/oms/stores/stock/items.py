"""Reading the stock item of a SKU at a node, all its pages together or one of them."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.model.stock_item import StockItem
from ...domain.model.stock_location import MAIN, StockLocation
from ..dynamo.table import Table
from . import keys
from .pages import PageReader
from .rows import item_of, sound


class StockItemReader:
    def __init__(self, table: Table, reader: PageReader) -> None:
        self.table, self.reader = table, reader

    def get(self, sku: str, node: str, location: StockLocation = MAIN) -> StockItem | None:
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
        return self.reader.together(first[0]).claims if first else {}

    def of_sku(self, sku: str) -> list[StockItem]:
        """The SKU at every node, all pages together."""
        rows = self.table.query(keys.sku_pk(sku), prefix="NODE#")
        return [self.reader.together(sound(row)) for row in rows]

    def as_stored(self, sku: str) -> list[StockItem]:
        """As `of_sku`, sound or not."""
        rows = self.table.query(keys.sku_pk(sku), prefix="NODE#")
        return [self.reader.together(item_of(row)) for row in rows]

    def whole(self, sku: str, node: str) -> StockItem | None:
        """All pages of the SKU at a node together, with the version of page 0."""
        first = self.get(sku, node)
        return self.reader.together(first) if first else None
