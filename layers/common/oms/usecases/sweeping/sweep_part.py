"""What time does to a part: it expires, is at risk, late, reminded of, given up.

at_risk  a milestone on the way to the promise has passed: told on the bus; what no node has
         accepted is given to another one that keeps the promise (usecases/rerouting)
late     the promise has passed: a new one is computed and kept beside the old, a human is shown
         the part, the customer is told the new date
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.model.fulfilment import IN_TRANSFER, FulfilmentOrder
from ...domain.preparing import deadlines
from ...domain.preparing.milestones import MILESTONE_CASE, arrival, milestones
from ...domain.quoting.late_promise import promise_in_transit, promise_now
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders
from ..preparing.answer_cancel import channel_for
from ..retrying import retrying
from .deps import Sweeping

ACTOR = "sweep"
NOTHING = ""  # somebody moved it since the index was read


def sweep_part(order_id: str, number: int, *, deps: Sweeping) -> str:
    """The event that time led to; NOTHING when the part moved on."""

    orders, config, now = deps.orders, deps.config, deps.now

    def attempt() -> str:
        part = orders.part(order_id, number)
        channel = channel_for(part, orders, config)
        step = deadlines.overdue(part, channel, now, next_mark(part, config, now))
        if step is None:
            return NOTHING
        event, after = step
        if event == "late":
            orders.open_case(
                order_id, MILESTONE_CASE, number, {"reason": deadlines.LATE, "at": now}
            )
            after = _renewed(after, orders, config, now)
        orders.save_part(after, Entry(part.version + 1, event, now, ACTOR))
        return event

    return retrying(attempt)


def next_mark(part: FulfilmentOrder, config: ConfigReader, now: int) -> int | None:
    """When it has to be packed, or on its way to a store to be there."""
    promise = part.expected or part.promise
    if promise is None or part.status not in deadlines.MARKED:
        return None
    node = config.node(part.node)
    holidays = config.holidays((node,), "", now)
    if part.status == IN_TRANSFER:
        return arrival(promise, node, holidays)
    marks = milestones(promise, node, holidays)
    return marks.pack if marks else None


def _renewed(
    part: FulfilmentOrder, orders: Orders, config: ConfigReader, now: int
) -> FulfilmentOrder:
    """With what it comes to now, which is the next to watch."""
    order = orders.get(part.order_id)
    snapshot, travels = order.snapshot, part.status == IN_TRANSFER
    node = config.node(part.sent_from if travels else part.node)
    store = config.node(snapshot.node) if snapshot.node else None
    demand = order.demand(part.lines, 1)
    nodes = (node, store) if store else (node,)
    holidays = config.holidays(nodes, demand.country, now)
    foresee = promise_in_transit if travels else promise_now
    found = foresee(node, store, demand, config.services(), holidays, now)
    after = replace(part, expected=found or part.expected)
    due = deadlines.milestone(after)
    return replace(after, due=due if due and due > now else None)
