"""What reports of stock are booked with."""

from __future__ import annotations

from .. import wiring
from ..usecases.stocking.deps import Stocking
from .lazy import lazy


def stocking() -> Stocking:
    live = wiring.live()
    return Stocking(
        stock=live.stock,
        feeds=lazy(lambda: live.feeds),
        cases=lazy(lambda: live.stock_cases),
        config=live.config,
        now=live.now(),
    )
