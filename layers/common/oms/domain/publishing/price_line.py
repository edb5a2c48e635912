"""Scarcity prices as a line of the lake, so that the past can be sourced with those of its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..sourcing.scarcity import ScarcityPrices, by_sku, flat

PRICES = "prices"


def key_of(prices: ScarcityPrices) -> str:
    """Sorts by time within the day; the hour and minute can be read from it."""
    at = datetime.fromtimestamp(prices.at, UTC)
    return f"{PRICES}/dt={at:%Y-%m-%d}/{at:%H%M}-{prices.version:08d}.jsonl"


def line_of(prices: ScarcityPrices) -> dict[str, Any]:
    own = {"version": prices.version, "at": prices.at, "until": prices.until}
    return {**own, "prices": by_sku(prices)}


def prices_of(line: Mapping[str, Any]) -> ScarcityPrices:
    return ScarcityPrices(line["version"], line["at"], line["until"], flat(line["prices"]))


def half_hourly(keys: list[str]) -> list[str]:
    """Of a day's keys the first of each half hour: prices hold for longer."""
    found: dict[tuple[str, bool], str] = {}
    for key in sorted(keys):
        clock = key.rpartition("/")[2]
        found.setdefault((clock[:2], clock[2:4] >= "30"), key)
    return list(found.values())
