"""Goods arrived at a node."""

from __future__ import annotations

from ...domain.stock import movements
from .deps import Stocking
from .known_place import known_place
from .reports import Booked, StockReceipt, booked


def receive_stock(receipt: StockReceipt, actor: str, deps: Stocking) -> Booked:
    """The receipt's id makes it happen once; raises NotFound for an unknown node or SKU."""
    sku, node, cause = receipt.sku, receipt.node, receipt.cause
    known_place(sku, node, deps)
    move = movements.receive(receipt.once, sku, node, receipt.quantity, cause=cause, actor=actor)
    new = deps.stock.movements.book(move, now=deps.now)
    if cause:  # the receipt of an expected supply: it is not on its way any more
        deps.stock.supply.drop(sku, cause)
    return booked(new, sku, node, deps)
