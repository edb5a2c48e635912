"""Stock follows a reservation's end: what the cart still holds is free again.

After a commit this is what the order did not need. Runs from the stream, possibly twice.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.ids import cart_claim
from ...domain.preparing import effects
from ...domain.reserving.reservation import ACTIVE, Reservation
from .deps import Reserving


def follow_reservation(reservation: Reservation, *, actor: str, deps: Reserving) -> int:
    """How many holds were given up; `actor` is who ended it."""
    if reservation.status == ACTIVE:
        return 0
    done = 0
    for held in reservation.holds:
        item = deps.stock.items.get(held.sku, held.node, held.location)
        movement = effects.free(cart_claim(reservation.id), item) if item else None
        done += bool(movement and deps.stock.movements.move(replace(movement, actor=actor)))
    return done
