"""What a shopper saw and held is what the order is promised."""

from __future__ import annotations

from dataclasses import replace

from ...domain.ids import part_of_claim
from ...domain.model.network import Network
from ...domain.model.order import OrderSnapshot
from ...domain.model.plan import PlannedPart
from ...domain.model.promise import day_of
from ...domain.model.stock_item import entry_quantity
from ...domain.model.stock_location import MAIN
from ...domain.reserving.reservation import Reservation, kept, way_of
from ...ports import Stock


def as_shown(snapshot: OrderSnapshot, cart: Reservation) -> OrderSnapshot:
    """With the cart's promise, though a cut-off went by since; one of a marketplace wins."""
    country = snapshot.ship_to.country if snapshot.ship_to else ""
    way = way_of(snapshot.method, snapshot.service, snapshot.node, country, snapshot.day)
    every = {line.no: line.units for line in snapshot.lines}
    shown = kept(cart, way, snapshot.per_sku(every))
    return replace(snapshot, promise=snapshot.promise or shown)


def with_cart(network: Network, cart: Reservation, order_id: str, stock: Stock) -> Network:
    """What it holds at a location that was not read: of a hot SKU that was sold out meanwhile. What
    an earlier run for this order took over already counts as held: its claim is found to be made.
    """
    for held in cart.holds:
        at = (held.sku, held.node)
        if held.location == MAIN or network.held_at.get(at) == held.location:
            continue
        item = stock.items.get(*at, held.location)
        claims = item.claims.items() if item else ()
        owners = (cart.id, order_id)
        units = sum(entry_quantity(e) for c, e in claims if part_of_claim(c)[0] in owners)
        network = network.with_held(*at, units, held.location) if units else network
    return network


def held_to(parts: tuple[PlannedPart, ...], snapshot: OrderSnapshot) -> tuple[PlannedPart, ...]:
    """What a cart was promised is asked of its parts, too, where they would come later by now."""
    shown = snapshot.promise
    if shown is None:
        return parts
    return tuple(
        replace(
            part,
            promise=replace(
                part.promise,
                ship_by=min(part.promise.ship_by, shown.ship_by),
                deliver_by=shown.deliver_by,
                ready_by=shown.ready_by,
                cutoff=shown.cutoff,
            ),
        )
        if part.promise and day_of(part.promise) > day_of(shown)
        else part
        for part in parts
    )
