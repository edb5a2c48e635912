"""A SKU at a node that takes too many claims on its one item becomes hot."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.hot_stock.heat import hot_places
from ...domain.hot_stock.place import noted_hot
from ...ports import Row
from .deps import FollowingStock


def detect_hot_skus(claims: Iterable[Row], deps: FollowingStock) -> list[tuple[str, str]]:
    """Which (SKU, node)s became hot; `claims`: as noted, with `at`."""
    ordinary = [each for each in claims if not noted_hot(each)]
    found = hot_places(((each["sku"], each["node"]), each["at"]) for each in ordinary)
    return [place for place in found if deps.stock.heat.heat(*place)]
