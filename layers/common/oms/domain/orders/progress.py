"""Where an order stands, in one word. The order's execution waits under this word, and is woken
when the word changes; ops read it as the name of the waiting state.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ..limits.orders import AUTHORISATION_WARNING_S
from ..model import fulfilment as fo
from ..model import order as o
from ..model.node import DIGITAL
from ..model.order import SCHEDULED, Order
from ..model.payment import AUTHORISED, PENDING
from ..model.plan import PlannedPart
from ..model.units import common, minus
from ..promising.promise import epoch

AWAITING_PAYMENT, ON_HOLD, BACKORDERED = "AWAITING_PAYMENT", "ON_HOLD", "BACKORDERED"
FULFILLING, STUCK, RESOURCE, DONE = "FULFILLING", "STUCK", "RESOURCE", "DONE"


def situation(order: Order) -> str:
    """RESOURCE: Allocate has work to do. DONE: nothing is left to wait for."""
    state = order.state
    if state.status in (o.CANCELLED, o.COMPLETED):
        return DONE
    if order.payment is None or order.payment.status != AUTHORISED:
        pending = order.payment is None or order.payment.status == PENDING
        return AWAITING_PAYMENT if pending else DONE
    if (order.planned or order.open) and not state.cancel_reason:
        if state.blocked("ROUTE"):
            return RESOURCE if to_assign(order) else ON_HOLD
        if order.planned or to_source(order):
            return STUCK if exhausted(order) else RESOURCE
    if any(not settled(order, part) for part in order.parts):
        return FULFILLING
    return BACKORDERED if order.open and not state.cancel_reason else DONE


def to_source(order: Order) -> dict[int, frozenset[int]]:
    """Open units that are not waiting for stock: Allocate must find nodes for them."""
    return minus(order.open, order.state.waiting)


def still_waiting(order: Order) -> dict[int, frozenset[int]]:
    """Open units that wait for stock."""
    return common(order.state.waiting, order.open)


def to_assign(order: Order) -> tuple[PlannedPart, ...]:
    """Planned parts that no hold keeps from their nodes. The hold of an order that is scheduled is
    about what is picked: digital lines have a release of their own.
    """
    holds = [hold for hold in order.state.holds if "ROUTE" in hold.blocks]
    if not holds:
        return order.planned
    if any(hold.kind != SCHEDULED for hold in holds):
        return ()
    return tuple(plan for plan in order.planned if plan.node == DIGITAL)


def authorisation_warning_at(order: Order, state: o.OrderState, now: int) -> int | None:
    """When a human must look at the money of an order that waits in `state`: a day before its
    authorisation lapses. None: it does not wait, or has been looked at.
    """
    payment = order.payment
    waits = bool(state.waiting) or state.blocked("ROUTE")
    if not waits or payment is None or payment.status != AUTHORISED or not payment.expires_at:
        return None
    due = payment.expires_at - AUTHORISATION_WARNING_S
    return due if due > now else None


def next_check_at(order: Order, state: o.OrderState, now: int) -> int | None:
    """When the sweep has to look at an order in `state`: a hold ends, a node that refused may
    be asked again, its money lapses, or what it waits for did not come in time."""
    ends = [hold.until for hold in state.holds if hold.until]
    ends += [state.again_at] if state.again_at and state.waiting else []
    others = (
        authorisation_warning_at(order, state, now),
        waiting_ends_at(order, state),
        route_by(state),
    )
    return min([*ends, *(at for at in others if at and at > now)], default=None)


def route_by(state: o.OrderState) -> int | None:
    """Until when a held order's parts have to reach their nodes, so that promises are kept."""
    if not state.blocked("ROUTE") or state.cancel_reason:
        return None
    cutoffs = [part.promise.cutoff for part in state.planned if part.promise]
    return min((epoch(cutoff) for cutoff in cutoffs if cutoff), default=None)


def waiting_ends_at(order: Order, state: o.OrderState) -> int | None:
    """The end, in UTC, of the day on which what waits for stock was to leave or to be ready."""
    promise = state.expected or order.snapshot.promise
    if not state.waiting or state.cancel_reason or promise is None:
        return None
    day = promise.ship_by or promise.ready_by[:10]
    if not day:
        return None
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return int((start + timedelta(days=1)).timestamp())


def exhausted(order: Order) -> bool:
    return order.attempts >= order.snapshot.max_attempts + order.state.granted


def settled(order: Order, part: fo.FulfilmentOrder) -> bool:
    """Nothing to wait for: the node is done, and what was handed over is paid."""
    if part.status not in fo.TERMINAL:
        return False
    return part.status not in fo.HANDED_OVER or order.paid(part.number)
