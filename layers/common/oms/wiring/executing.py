"""What an order's execution works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.executing.deps import Executing
from .lazy import lazy


def executing() -> Executing:
    live = wiring.live()
    return Executing(
        orders=live.orders,
        stock=live.stock,
        config=live.config,
        reservations=live.reservations,
        backorders=live.backorders,
        workflows=live.workflows,
        digital=lazy(lambda: live.digital_queue),
        now=live.now(),
    )
