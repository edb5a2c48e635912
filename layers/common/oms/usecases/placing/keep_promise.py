"""What a shopper saw and held is what the order is promised."""

from __future__ import annotations

from dataclasses import replace

from ...domain.orders.order import Snapshot
from ...domain.stock.reservation import Reservation, kept, way_of


def as_shown(snapshot: Snapshot, cart: Reservation) -> Snapshot:
    """With the cart's promise, though a cut-off went by since; one of a marketplace wins."""
    country = snapshot.ship_to.country if snapshot.ship_to else ""
    way = way_of(snapshot.method, snapshot.service, snapshot.node, country, snapshot.day)
    every = {line.no: line.units for line in snapshot.lines}
    shown = kept(cart, way, snapshot.per_sku(every))
    return replace(snapshot, promise=snapshot.promise or shown)
