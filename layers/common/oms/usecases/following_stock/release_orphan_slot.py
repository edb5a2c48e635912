"""Places in a node's day that nobody owns: the order was never written, or its plan lost a race."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.ids import part_of_claim
from ...domain.model.fulfilment import CANCELLED, LET_GO
from ...domain.model.order import Order
from ...domain.promising.work_day import Slot
from .deps import FollowingStock


def release_orphan_slot(claim: str, day: str, node: str, deps: FollowingStock) -> bool:
    """True when nobody works on it that day, and the place was given back."""
    id, number = part_of_claim(claim)
    try:
        order = deps.orders.get(id)
    except NotFound:
        order = None
    if order is not None and _works(order, number, node, day):
        return False
    deps.stock.days.give_back([Slot(node, day, claim, 0)])
    return True


def _works(order: Order, number: int, node: str, day: str) -> bool:
    """A part or a plan of the order at this node names the day, not given up. Those that were
    written before they named one work on any.
    """
    part = order.part(number)
    if part is not None:
        here = (part.sent_from or part.node) == node and part.day in (day, "")
        return here and part.status not in LET_GO | {CANCELLED}
    plans = order.planned if order.state.status != "CANCELLED" else ()
    return any(
        (plan.number, plan.node) == (number, node) and plan.day in (day, "") for plan in plans
    )
