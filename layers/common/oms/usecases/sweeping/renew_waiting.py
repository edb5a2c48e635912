"""What waits for stock did not come when it was promised: a new date, told once, and a human."""

from __future__ import annotations

from dataclasses import replace

from ...domain.model.order import Order
from ...domain.model.promise import Promise, day_of
from ...domain.model.units import LineUnits
from ...domain.orders import progress
from ...domain.preparing.milestones import MILESTONE_CASE
from ...domain.timeline import Entry
from ..retrying import retrying
from ..sourcing.reading import Reading
from .deps import Sweeping

LATE = "late"
NOTHING = ""


def renew_waiting(order_id: str, *, actor: str, deps: Sweeping) -> str:
    """The event that happened; NOTHING while the promise holds, or stock came meanwhile."""

    orders, config, now = deps.orders, deps.config, deps.now

    def attempt() -> str:
        order = orders.get(order_id)
        state, waiting = order.state, progress.still_waiting(order)
        ends = progress.waiting_ends_at(order, state)
        if ends is None or ends > now or not waiting:
            return NOTHING
        channel = config.channel(order.snapshot.channel)
        reading = Reading(deps.stock, config, channel, config.nodes(channel), now, actor)
        orders.open_case(order_id, MILESTONE_CASE, 0, {"reason": "LATE", "at": now})
        entry = Entry(state.version + 1, LATE, now, actor)
        expected = _later(order, waiting, reading) or state.expected
        orders.save_state(order, replace(state, expected=expected), entry)
        return LATE

    return retrying(attempt)


def _later(order: Order, waiting: LineUnits, reading: Reading) -> Promise | None:
    """None while nobody expects more: then there is no date to tell."""
    network = reading.network(order.snapshot, consistent=False)
    found = reading.later(order, waiting, network)
    promised = day_of(order.state.expected or order.snapshot.promise)
    return found if found and day_of(found) > promised else None
