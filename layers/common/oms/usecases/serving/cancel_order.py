"""Cancel an order as far as it can be: at once where nobody works on it, by request where a
node does. What follows (stock, money, the order's end) follows from the stream."""

from __future__ import annotations

from dataclasses import replace

from ...domain.model.order import Order
from ...domain.orders import cancellation
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Serving


def cancel_order(order_id: str, reason: str, *, actor: str, deps: Serving, note: str = "") -> Order:
    """The order after the request; asked again, nothing changes.

    Raises TooLateToCancel when everything has left before it was ever asked.
    """

    def attempt() -> Order:
        order = deps.orders.get(order_id)
        decided = cancellation.asked(order, reason)
        if decided:
            state, event = decided
            entry = Entry(order.state.version + 1, event, deps.now, actor, note or reason)
            saved = deps.orders.save_state(order, state, entry, cause=reason)
            order = replace(order, state=saved)
        return cancel_parts(order, deps)

    return retrying(attempt)


def cancel_parts(order: Order, deps: Serving) -> Order:
    """Tell every part that does not know yet that its order was cancelled; safe to repeat."""
    if not order.state.cancel_reason:
        return order
    channel = deps.config.channel(order.snapshot.channel)
    due = deps.now + channel.cancel_answer_within_s
    parts = []
    for part in order.parts:
        decided = cancellation.asked_of_part(part, due)
        if decided:
            following, event = decided
            entry = Entry(part.version + 1, event, deps.now, "cancellation")
            cause = order.state.cancel_reason
            part = deps.orders.save_part(following, entry, cause=cause)
        parts.append(part)
    return replace(order, parts=tuple(parts))
