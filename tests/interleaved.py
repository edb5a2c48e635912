"""What the property test of pages keeps beside the stock table: runs in flight, written rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oms.domain.hot_stock import pages as p
from oms.domain.hot_stock.claiming import ClaimOutcome
from oms.stores.stock.store import StockStore

SKU, NODE, STOCK, LOT = "SKU-001", "dc-lille", 4, 2
ORDERS, WORKERS = {"order1": 1, "order2": 2, "order3": 1}, 2  # with their units
CARTS = {"cart1": "order1", "cart2": "order2"}  # each holds one unit for its order


@dataclass
class Delivery:
    """One run that places an order, or a cart: where it stands, what it was answered last."""

    owner: str
    worker: StockStore
    talk: Any
    step: p.Step | None
    outcome: ClaimOutcome | None = None


class Bound:
    """Which page each order and cart was written with; stands for the orders table."""

    def __init__(self) -> None:
        self.page: dict[str, int] = {}
        self.ended: set[str] = set()  # carts

    def unbound(self, pages: Any) -> frozenset[str]:
        return frozenset(
            c for item in pages for c in item.claims if not self.owns(c, item.location)
        )

    def owns(self, claim: str, page: int) -> bool:
        owner = claim.partition(".")[0]
        return owner not in self.ended and self.page.get(owner) == page
