"""What a node reports of one SKU, and what it is told of the item afterwards.

Each report has an id of its node's own: it is booked once.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.model.stock_item import StockItem
from .deps import Stocking

Booked = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Report:
    id: str
    sku: str
    node: str

    @property
    def once(self) -> str:
        """The id of its movement."""
        return f"{self.node}:{self.id}"


@dataclass(frozen=True, slots=True)
class StockReceipt(_Report):
    """`cause`: the supply that it is the receipt of, if any."""

    quantity: int
    cause: str = ""


@dataclass(frozen=True, slots=True)
class StockAdjustment(_Report):
    """`as_of`: when it happened, 0 = now."""

    delta: int
    reason: str
    as_of: int = 0


@dataclass(frozen=True, slots=True)
class StockCount(_Report):
    """`as_of`: when it was counted, 0 = now. `fed`: a line of a feed, which shows it is alive."""

    counted: int
    as_of: int = 0
    fed: bool = False


def booked(new: bool, sku: str, node: str, deps: Stocking) -> Booked:
    whole = deps.stock.items.whole(sku, node) or StockItem(sku, node)
    return {"booked": new, "stale": False, **item_view(whole)}


def stale(sku: str, node: str, deps: Stocking) -> Booked:
    return {**booked(False, sku, node, deps), "stale": True}


def item_view(item: StockItem) -> Booked:
    """One item as people see it: no claims."""
    return {
        "sku": item.sku,
        "node": item.node,
        "on_hand": item.on_hand,
        "allocated": item.allocated,
        "staged": item.staged,
        "soft": item.soft,
        "unavailable": dict(item.unavailable),
        "available": item.available,
        "version": item.version,
        "hot": item.hot,
    }
