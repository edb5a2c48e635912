"""Orphan claims: a claim whose order was never written, or whose plan lost a race, is released.

The check runs `limits.ORPHAN_CLAIM_AFTER_S` after the claim was made, when nobody who made it
can still be running.
"""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.ids import part_of_claim
from ...domain.orders.order import Order
from ...domain.parts import effects
from ...ports import Orders, Stock


def check_claim(claim: str, sku: str, node: str, *, orders: Orders, stock: Stock) -> bool:
    """True when the claim had no owner and was released."""
    item = stock.item(sku, node)
    if item is None or claim not in item.claims:
        return False
    order_id, part = part_of_claim(claim)
    try:
        order = orders.get(order_id)
    except NotFound:
        order = None
    if order is not None and owned(order, part, sku, node):
        return False
    movement = effects.free(claim, item)
    return movement is not None and stock.move(movement)


def owned(order: Order, number: int, sku: str, node: str) -> bool:
    """A plan or a part of the order at this node names the SKU and still holds its units."""
    part = order.part(number)
    if part is not None:
        return part.node == node and sku in part.skus.values() and bool(part.held)
    return any(
        plan.number == number
        and plan.node == node
        and any(order.snapshot.line(no).sku == sku for no in plan.lines)
        for plan in order.planned
        if order.state.status != "CANCELLED"
    )
