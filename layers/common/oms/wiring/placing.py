"""What placing an order works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.following_channels.deps import FollowingChannels
from ..usecases.placing.deps import Placing


def placing() -> Placing:
    live = wiring.live()
    return Placing(
        orders=live.orders,
        reservations=live.reservations,
        backorders=live.backorders,
        stock=live.stock,
        config=live.config,
        now=live.now(),
    )


def following_channels() -> FollowingChannels:
    live = wiring.live()
    return FollowingChannels(
        orders=live.orders,
        reservations=live.reservations,
        backorders=live.backorders,
        stock=live.stock,
        config=live.config,
        now=live.now(),
    )


def shopify_secret() -> str:
    """Signs what Shopify reports."""
    return wiring.live().secrets["shopify"]
