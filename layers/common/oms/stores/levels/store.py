"""Levels of stock that were told, and whether a SKU's campaigns are paused.

| pk, sk | content |
|---|---|
| LEVEL#<sku>, LEVEL#<site> | level, available, low, target_days; site: a node, or * for all |
| LEVEL#<sku>, CAMPAIGN | status, channels |

The stream of the table tells each version of a row on the bus.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...ports.stock_levels import KnownLevels
from ..dynamo.table import Item, Table
from . import keys


class LevelStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def of_sku(self, sku: str) -> KnownLevels:
        rows = {row["sk"]: row for row in self.table.query(keys.level_key(sku))}
        campaign = rows.pop(keys.CAMPAIGN, None)
        return KnownLevels({sk.removeprefix(keys.LEVEL): row for sk, row in rows.items()}, campaign)

    def put_level(
        self, sku: str, site: str, level: str, last: Item, measured: Mapping[str, Any], version: int
    ) -> None:
        self._put(sku, keys.level_key(site), {"level": level, "last": last, **measured}, version)

    def put_campaign(
        self, sku: str, status: str, last: Item, channels: tuple[str, ...], version: int
    ) -> None:
        content = {"status": status, "last": last, "channels": list(channels)}
        self._put(sku, keys.CAMPAIGN, content, version)

    def _put(self, sku: str, sk: str, content: Item, version: int) -> None:
        item = {"pk": keys.level_key(sku), "sk": sk, "v": version + 1, **content}
        self.table.put(item, expected_version=version)
