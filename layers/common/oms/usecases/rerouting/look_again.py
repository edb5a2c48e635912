"""A node that refused may be asked again: what waits for stock is sourced once more."""

from __future__ import annotations

from dataclasses import replace

from ...domain.timeline import Entry
from ...ports import Orders
from ..retrying import retrying

EVENT = "look_again"


def look_again(order_id: str, *, orders: Orders, now: int, actor: str) -> str:
    """The event; "" when it is not time or nothing waits. Its execution goes on from the stream."""

    def attempt() -> str:
        order = orders.get(order_id)
        state = order.state
        if not state.waiting or not state.again_at or state.again_at > now:
            return ""
        entry = Entry(state.version + 1, EVENT, now, actor)
        orders.save_state(order, replace(state, waiting={}, again_at=0), entry)
        return EVENT

    return retrying(attempt)
