"""Scarcity prices: one row of the configuration, so that a decision reads them with the rest.

SCARCITY / ACTIVE: `version`, `at`, `until` and `body`, JSON text {SKU: {node: minor units}}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...domain.sourcing.scarcity import ScarcityPrices, by_sku, flat
from ..dynamo.table import Table
from . import keys


class ScarcityStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def last(self) -> ScarcityPrices | None:
        return prices_of(self.table.get(keys.SCARCITY, keys.ACTIVE) or {})

    def publish(self, prices: ScarcityPrices) -> None:
        values: dict[str, int] = {":v": prices.version}
        condition = "attribute_not_exists(pk)"
        if prices.version > 1:
            condition, values[":before"] = "#version = :before", prices.version - 1
        self.table.update(
            keys.SCARCITY,
            keys.ACTIVE,
            "SET #version = :v, #at = :at, #until = :until, #body = :body",
            condition,
            {"#version": "version", "#at": "at", "#until": "until", "#body": "body"},
            {**values, ":at": prices.at, ":until": prices.until, ":body": text_of(prices)},
        )


def text_of(prices: ScarcityPrices) -> str:
    return json.dumps(by_sku(prices), separators=(",", ":"), ensure_ascii=False)


def prices_of(row: Mapping[str, Any]) -> ScarcityPrices | None:
    """None for the row that is not there."""
    if not row:
        return None
    prices = flat(json.loads(row["body"]))
    return ScarcityPrices(row["version"], row["at"], row["until"], prices)
