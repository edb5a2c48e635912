"""Cancel an order as far as it can be: at once where nobody works on it, by request where a
node does. What follows (stock, money, the order's end) follows from the stream."""

from __future__ import annotations

from dataclasses import replace

from ...domain.model.order import Order
from ...domain.model.rules import Channel
from ...domain.orders import cancellation
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders
from ..retrying import retrying


def cancel_order(
    order_id: str,
    reason: str,
    *,
    orders: Orders,
    config: ConfigReader,
    now: int,
    actor: str,
    note: str = "",
) -> Order:
    """The order after the request; asked again, nothing changes.

    Raises TooLateToCancel when everything has left before it was ever asked.
    """

    def attempt() -> Order:
        order = orders.get(order_id)
        channel = config.channel(order.snapshot.channel)
        decided = cancellation.asked(order, reason)
        if decided:
            state, event = decided
            entry = Entry(order.state.version + 1, event, now, actor, note or reason)
            order = replace(order, state=orders.save_state(order, state, entry, cause=reason))
        return cancel_parts(order, orders=orders, now=now, channel=channel)

    return retrying(attempt)


def cancel_parts(order: Order, *, orders: Orders, now: int, channel: Channel) -> Order:
    """Tell every part that does not know yet that its order was cancelled; safe to repeat."""
    if not order.state.cancel_reason:
        return order
    due = now + channel.cancel_answer_within_s
    parts = []
    for part in order.parts:
        decided = cancellation.asked_of_part(part, due)
        if decided:
            following, event = decided
            entry = Entry(part.version + 1, event, now, "cancellation")
            cause = order.state.cancel_reason
            part = orders.save_part(following, entry, cause=cause)
        parts.append(part)
    return replace(order, parts=tuple(parts))
