"""Supply that is expected without a document of ours."""

from __future__ import annotations

from ...domain.model.supply import Supply
from ..dynamo.table import Table
from ..stock import keys as stock_keys
from . import keys
from .rows import supply_row


class ExpectedSupplyStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def put(self, supply: Supply) -> None:
        self.table.put_always(supply_row(supply))

    def drop(self, sku: str, id: str) -> None:
        """Harmless when there is none."""
        for row in self.table.query(stock_keys.sku_pk(sku), prefix="SUPPLY#"):
            if row["id"] == id and not keys.is_document(id):  # a document drops its own
                self.table.delete(row["pk"], row["sk"])
