"""A fresh claim is looked at once nobody who made it can still be running."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.hot_stock.place import location_in
from ..placing.beyond_stock import settle_beyond_stock
from .deps import FollowingStock
from .follow_stock import BACKORDER
from .release_orphan_claim import release_orphan_claim
from .release_orphan_slot import release_orphan_slot


def release_orphan(noted: Mapping[str, str], deps: FollowingStock) -> bool:
    """`noted` is one of `fresh_claims`. True when it had no owner and was released."""
    claim, node = noted["claim"], noted["node"]
    if node == BACKORDER:
        settle_beyond_stock(claim, noted["sku"], orders=deps.orders, backorders=deps.backorders)
        return False
    if "day" in noted:
        return release_orphan_slot(claim, noted["day"], node, deps)
    return release_orphan_claim(claim, noted["sku"], node, deps, location_in(noted))
