"""Take a hold off an order; what it blocked goes on from the stream."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.model.order import Order
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Serving

EVENT = "release_hold"


def release_hold(order_id: str, kind: str, *, actor: str, deps: Serving) -> Order:
    """The order without its holds of this kind; released before, nothing changes.

    Raises NotFound when there never was one.
    """

    def attempt() -> Order:
        order = deps.orders.get(order_id)
        state = order.state
        rest = tuple(hold for hold in state.holds if hold.kind != kind)
        if len(rest) == len(state.holds):
            return _released_before(order, kind)
        entry = Entry(state.version + 1, EVENT, deps.now, actor, kind)
        following = replace(state, holds=rest)
        saved = deps.orders.save_state(order, following, entry, cause=kind)
        return replace(order, state=saved)

    return retrying(attempt)


def _released_before(order: Order, kind: str) -> Order:
    holds = {hold.kind for hold in order.snapshot.holds}
    holds |= {entry.note for entry in order.state.timeline if entry.kind == EVENT}
    if kind not in holds:
        raise NotFound(f"order {order.id} has no hold {kind}", fields={"/kind": "no such hold"})
    return order
