"""What a change of stock is followed with."""

from __future__ import annotations

from .. import wiring
from ..usecases.following_stock.deps import FollowingStock
from .lazy import lazy


def following_stock() -> FollowingStock:
    live = wiring.live()
    return FollowingStock(
        orders=lazy(lambda: live.orders),
        reservations=lazy(lambda: live.reservations),
        backorders=lazy(lambda: live.backorders),
        bindings=lazy(lambda: live.bindings),
        stock=live.stock,
        shown=live.stock.shown,
        cases=lazy(lambda: live.stock_cases),
        checks=lazy(lambda: live.claim_checks),
        config=lazy(lambda: live.config),
        now=live.now(),
    )
