"""What all ways in have in common."""

from __future__ import annotations

from oms.domain.errors import OutOfStock
from oms.domain.orders.channel_state import ChannelState
from oms.domain.orders.intake import NewOrder
from oms.observability import about, count
from oms.usecases.following_channels import take_state as taking
from oms.usecases.following_channels.deps import FollowingChannels
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import Placed, place_order


def place(new: NewOrder, deps: Placing) -> Placed:
    try:
        placed = place_order(new, deps)
    except OutOfStock:
        count("OrdersRefused", channel=new.channel, reason="OutOfStock")
        raise
    about(order_id=placed.snapshot.id)
    return placed


def take_state(state: ChannelState, deps: FollowingChannels) -> Placed | None:
    """None for an order that ended before we heard of it."""
    placed = taking.take_state(state, deps)
    if placed:
        about(order_id=placed.snapshot.id)
    return placed
