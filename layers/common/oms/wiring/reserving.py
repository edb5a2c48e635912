"""What holding stock for carts works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.reserving.deps import Reserving


def reserving() -> Reserving:
    live = wiring.live()
    return Reserving(
        reservations=live.reservations,
        stock=live.stock,
        config=live.config,
        now=live.now(),
    )
