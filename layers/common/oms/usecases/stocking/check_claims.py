"""Orphan claims: a claim whose order or reservation was never written, has ended, or whose plan
lost a race, is released.

The check runs `limits.ORPHAN_CLAIM_AFTER_S` after the claim was made, when nobody who made it
can still be running.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.ids import part_of_claim
from ...domain.orders.order import Order
from ...domain.parts import effects
from ...domain.stock.item import SOFT
from ...domain.stock.reservation import ACTIVE, Reservation
from ...ports import Orders, Reservations, Stock


def check_claim(
    claim: str, sku: str, node: str, *, orders: Orders, reservations: Reservations, stock: Stock
) -> bool:
    """True when the claim had no owner and was released."""
    item = stock.item(sku, node)
    if item is None or claim not in item.claims:
        return False
    owner, part = part_of_claim(claim)
    if item.claims[claim].startswith(SOFT):
        has_owner = _cart_holds(reservations.find(owner), sku, node)
    else:
        has_owner = _order_owns(owner, part, sku, node, orders)
    movement = None if has_owner else effects.free(claim, item)
    return movement is not None and stock.move(replace(movement, actor="orphan check"))


def _cart_holds(reservation: Reservation | None, sku: str, node: str) -> bool:
    return bool(reservation and reservation.status == ACTIVE and reservation.holds_at(sku, node))


def _order_owns(id: str, part: int, sku: str, node: str, orders: Orders) -> bool:
    try:
        order = orders.get(id)
    except NotFound:
        return False
    return owned(order, part, sku, node)


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
