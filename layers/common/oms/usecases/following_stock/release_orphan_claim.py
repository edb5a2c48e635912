"""Orphan claims: a claim whose order or reservation was never written, has ended, or whose plan
lost a race, is released.

The check runs `ORPHAN_CLAIM_AFTER_S` after the claim was made, when nobody who made it
can still be running.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.ids import part_of_claim
from ...domain.model.order import Order
from ...domain.model.stock_item import SOFT, StockItem
from ...domain.model.stock_location import MAIN, StockLocation
from ...domain.preparing import effects
from ...domain.reserving.reservation import ACTIVE, Reservation
from ...ports import Orders
from .deps import FollowingStock


def release_orphan_claim(
    claim: str, sku: str, node: str, deps: FollowingStock, location: StockLocation = MAIN
) -> bool:
    """True when the claim had no owner and was released."""
    item = deps.stock.items.get(sku, node, location)
    if item is None or claim not in item.claims:
        return False
    owner, part = part_of_claim(claim)
    if item.claims[claim].startswith(SOFT):
        has_owner = _cart_holds(deps.reservations.find(owner), item)
    else:
        has_owner = _order_owns(owner, part, item, deps.orders)
    movement = None if has_owner else effects.free(claim, item)
    return movement is not None and deps.stock.movements.move(
        replace(movement, actor="orphan check")
    )


def _cart_holds(cart: Reservation | None, item: StockItem) -> bool:
    return bool(
        cart and cart.status == ACTIVE and cart.holds_at(item.sku, item.node, item.location)
    )


def _order_owns(id: str, part: int, item: StockItem, orders: Orders) -> bool:
    try:
        order = orders.get(id)
    except NotFound:
        return False
    return owned(order, part, item.sku, item.node, item.location)


def owned(order: Order, number: int, sku: str, node: str, location: StockLocation = MAIN) -> bool:
    """A plan or a part of the order at this node names the SKU, at this location, and still holds
    its units.
    """
    part = order.part(number)
    if part is not None:
        here = part.node == node and part.location_of(sku) == location
        return here and sku in part.skus.values() and bool(part.held)
    return any(
        plan.number == number
        and plan.node == node
        and plan.locations.get(sku, MAIN) == location
        and any(order.snapshot.line(no).sku == sku for no in plan.lines)
        for plan in order.planned
        if order.state.status != "CANCELLED"
    )
