"""Take a hold off an order; what it blocked goes on from the stream."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import NotFound
from ...domain.model.order import Order
from ...domain.orders.holds import code_of, without
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Serving

EVENT = "release_hold"


def release_hold(order_id: str, kind: str, reason: str = "", *, actor: str, deps: Serving) -> Order:
    """The order without this hold; released before, nothing changes.

    Raises NotFound when there never was one, ValidationFailed when the kind is there for several
    reasons and `reason` names none.
    """

    def attempt() -> Order:
        order = deps.orders.get(order_id)
        state = order.state
        rest = without(state.holds, kind, reason)
        if len(rest) == len(state.holds):
            return _released_before(order, kind, reason)
        [gone, *_] = [hold for hold in state.holds if hold not in rest]
        note = f"{kind} {code_of(gone)}"
        entry = Entry(state.version + 1, EVENT, deps.now, actor, note)
        following = replace(state, holds=rest)
        saved = deps.orders.save_state(order, following, entry, cause=kind)
        return replace(order, state=saved)

    return retrying(attempt)


def _released_before(order: Order, kind: str, reason: str) -> Order:
    code = reason.partition(":")[0]
    holds = [(hold.kind, code_of(hold)) for hold in order.snapshot.holds]
    notes = [entry.note for entry in order.state.timeline if entry.kind == EVENT]
    holds += [(known, why) for known, _, why in (note.partition(" ") for note in notes)]
    if not any(known == kind and code in ("", why) for known, why in holds):
        raise NotFound(f"order {order.id} has no hold {kind}", fields={"/kind": "no such hold"})
    return order
