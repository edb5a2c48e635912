"""What the ledgers tell of a SKU's sales and age, beside its stock.

| pk, sk | content |
|---|---|
| SKU#<sku>, SIGNALS | v, nodes: {node: [sold, since, told]} (domain/model/signals.py) |
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.model.signals import Pace
from ..dynamo.table import Table
from . import keys


class StockSignalStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def publish(self, sku: str, nodes: Mapping[str, Pace]) -> None:
        key = {"pk": keys.sku_pk(sku), "sk": keys.SIGNALS}
        row = self.table.get(*key.values()) or {"v": 0, "nodes": {}}
        merged = row["nodes"] | {node: list(pace) for node, pace in nodes.items()}
        after = {node: each for node, each in merged.items() if each[0] or each[1]}
        if after != row["nodes"]:
            item = {**key, "v": row["v"] + 1, "nodes": after}
            self.table.put(item, expected_version=row["v"])
