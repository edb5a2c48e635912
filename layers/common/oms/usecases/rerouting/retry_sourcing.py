"""A node that refused may be asked again: what waits for stock is sourced once more."""

from __future__ import annotations

from dataclasses import replace

from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Rerouting

EVENT = "retry_sourcing"


def retry_sourcing(order_id: str, *, actor: str, deps: Rerouting) -> str:
    """The event; "" when it is not time or nothing waits. Its execution goes on from the stream."""

    def attempt() -> str:
        order = deps.orders.get(order_id)
        state = order.state
        if not state.waiting or not state.again_at or state.again_at > deps.now:
            return ""
        entry = Entry(state.version + 1, EVENT, deps.now, actor)
        deps.orders.save_state(order, replace(state, waiting={}, again_at=0), entry)
        return EVENT

    return retrying(attempt)
