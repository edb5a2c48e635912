"""Holds that end by themselves: work begins now."""

from __future__ import annotations

from dataclasses import replace

from ...domain.orders.schedule import ended
from ...domain.timeline import Entry
from ...ports import Orders
from ..retrying import retrying
from ..serving.release_hold import EVENT

NOTHING = ""


def release_scheduled(order_id: str, *, orders: Orders, now: int, actor: str) -> str:
    """The event that happened; NOTHING when no hold of the order has ended."""

    def attempt() -> str:
        order = orders.get(order_id)
        over = ended(order.state.holds, now)
        if not over:
            return NOTHING
        state = order.state
        rest = tuple(hold for hold in state.holds if hold not in over)
        entry = Entry(state.version + 1, EVENT, now, actor, over[0].kind)
        orders.save_state(order, replace(state, holds=rest), entry, cause=over[0].kind)
        return EVENT

    return retrying(attempt)
