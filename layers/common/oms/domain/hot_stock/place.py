"""Which stock item a row of the stock table is, by its key: the stream names rows so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model.stock_location import MAIN, StockLocation


class ItemKey(NamedTuple):
    sku: str
    node: str
    location: StockLocation

    @property
    def is_main(self) -> bool:
        return self.location == MAIN

    def note(self, *, hot: bool) -> dict[str, Any]:
        """As it is written in the note of a fresh claim; of a hot SKU always with the location."""
        return self.labels | ({"page": self.location} if hot else {})

    @property
    def labels(self) -> dict[str, Any]:
        """As it is written in lines of the lake."""
        page = {} if self.is_main else {"page": self.location}
        return {"sku": self.sku, "node": self.node, **page}


def place_of(pk: str, sk: str) -> ItemKey | None:
    """None for every row that is no stock item. A SKU may hold any character, a node no "#"."""
    kind, _, rest = pk.partition("#")
    if kind == "PAGE":
        page, node, sku = rest.split("#", 2)
        return ItemKey(sku, node, StockLocation(int(page)))
    if kind == "SKU" and sk.startswith("NODE#"):
        return ItemKey(rest, sk.removeprefix("NODE#"), MAIN)
    return None


def noted_hot(note: Mapping[str, Any]) -> bool:
    return "page" in note


def location_in(labels: Mapping[str, Any]) -> StockLocation:
    """The location that `ItemKey.labels` wrote."""
    return StockLocation(int(labels.get("page", MAIN)))
