"""Which stock item a row of the stock table is, by its key: the stream names rows so."""

from __future__ import annotations

from typing import NamedTuple


class ItemKey(NamedTuple):
    sku: str
    node: str
    page: int


def place_of(pk: str, sk: str) -> ItemKey | None:
    """None for every row that is no stock item. A SKU may hold any character, a node no "#"."""
    kind, _, rest = pk.partition("#")
    if kind == "PAGE":
        page, node, sku = rest.split("#", 2)
        return ItemKey(sku, node, int(page))
    if kind == "SKU" and sk.startswith("NODE#"):
        return ItemKey(rest, sk.removeprefix("NODE#"), 0)
    return None
