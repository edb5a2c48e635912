"""One door for the marketplace queue: the channel's `marketplace` names the format."""

from __future__ import annotations

from typing import Any

from ...contracts.orders import OrderBody
from ...contracts.parse import parse
from ...domain.errors import ValidationFailed
from ...domain.model.channel import Channel
from ...domain.orders.channel_state import ChannelState
from ...domain.orders.intake import NewOrder
from . import amazon, shopify


def ignored(body: dict[str, Any], channel: Channel) -> str:
    """Why a message is no order and needs no work, "" when it is to be read.

    A change notification repeats nothing that an order is made of: the marketplace's own
    feed delivers the order itself.
    """
    change = channel.marketplace == "amazon" and amazon.kind(body) == amazon.CHANGE
    return "ORDER_CHANGE" if change else ""


def read_state(body: dict[str, Any], channel: Channel) -> ChannelState:
    """What the channel says about the order. Raises as `read_message` does."""
    if channel.marketplace == "amazon":
        return amazon.state(body, channel)
    if channel.marketplace == "shopify":
        return shopify.state(body, channel)
    return ChannelState(read_message(body, channel))


def read_message(body: dict[str, Any], channel: Channel) -> NewOrder:
    """Raises ValidationFailed for what is no order of this channel, or an unknown format."""
    if channel.marketplace == "amazon":
        return amazon.read(body, channel)
    if channel.marketplace == "shopify":
        return shopify.read(body, channel)
    if channel.marketplace:
        raise ValidationFailed("The channel's message format is unknown")
    return _native(body, channel)


def _native(body: dict[str, Any], channel: Channel) -> NewOrder:
    order = parse(OrderBody, body)
    if order.channel != channel.id:
        raise ValidationFailed(
            "The order names another channel", fields={"/channel": "not this channel"}
        )
    return order.to_domain(provider=channel.payment)
