"""Holds that end by themselves: work begins now."""

from __future__ import annotations

from dataclasses import replace

from ...domain.orders.deliverable import ended
from ...domain.timeline import Entry
from ..retrying import retrying
from ..serving.release_hold import EVENT
from .deps import Sweeping

NOTHING = ""


def release_scheduled(order_id: str, *, actor: str, deps: Sweeping) -> str:
    """The event that happened; NOTHING when no hold of the order has ended."""

    def attempt() -> str:
        order = deps.orders.get(order_id)
        over = ended(order.state.holds, deps.now)
        if not over:
            return NOTHING
        state = order.state
        rest = tuple(hold for hold in state.holds if hold not in over)
        entry = Entry(state.version + 1, EVENT, deps.now, actor, over[0].kind)
        deps.orders.save_state(order, replace(state, holds=rest), entry, cause=over[0].kind)
        return EVENT

    return retrying(attempt)
