"""Turn planned parts into fulfilment orders and source what is open.

    planned parts      → FO#n (their stock is held already)
    open units         → source() → claim → planned (committed on STATE) → FO#n
    what no node has   → waits for stock, queued per SKU; by the strategy's after-action it is
                         cancelled, or a case is opened beside

Safe to repeat: part numbers name claims and fulfilment orders, so a second run finds them.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain import lifecycle
from ...domain.errors import LostRace
from ...domain.model import order as o
from ...domain.model.decision import (
    PLACED,
    RESOURCED,
    DecisionRecord,
    decision_record,
    parts_with_decision,
)
from ...domain.model.order import Order, OrderState
from ...domain.model.plan import Plan
from ...domain.model.strategy import CANCEL_REST, EXCEPTION_QUEUE
from ...domain.model.units import LineUnits, plus
from ...domain.orders import progress
from ...domain.states import OrderStatus
from ...domain.timeline import Entry
from ...ports import Orders
from ..sourcing.assigned import assigned
from ..sourcing.hold_plan import hold_plan
from ..sourcing.reading import Reading
from .close_case import close_case
from .deps import Executing
from .park_execution import PARKED

ATTEMPTS_EXHAUSTED, NO_NODE_LEFT = "ATTEMPTS_EXHAUSTED", "NO_NODE_LEFT"
NO_SUPPLY = "NO_SUPPLY"


def allocate_order(order_id: str, deps: Executing) -> dict[str, object]:
    """`outcome`: the order's situation (domain/orders/progress.py) once no more can be done."""
    orders, config, now = deps.orders, deps.config, deps.now
    order = orders.get(order_id)
    channel = config.channel(order.snapshot.channel)
    if progress.situation(order) == progress.RESOURCE:
        reading = Reading(deps.stock, config, channel, config.nodes(channel), now)
        order = _plan(order, reading, orders)
        order = _assign(order, reading, orders)
    if order.state.waiting:
        deps.stock.waiting.put(order, now)
    outcome = progress.situation(order)
    why = _no_way_on(order, outcome, now)
    if why:
        detail = {"reason": why, "attempts": order.attempts, "at": now}
        orders.open_case(order.id, "SOURCING", order.attempts, detail)
    close_case(order, PARKED, 0, "the execution went on", deps)
    if not order.state.waiting:
        close_case(order, "BACKORDER", 0, "nothing waits for stock", deps)
    elif not why and _nobody_expects(order, deps):
        orders.open_case(order.id, "BACKORDER", 0, {"reason": NO_SUPPLY, "at": now})
    return {"outcome": outcome, "parts": [part.number for part in order.parts]}


def _nobody_expects(order: Order, deps: Executing) -> bool:
    """Units wait, and nothing that is on its way would bring them."""
    missing = progress.still_waiting(order)
    if not missing or order.state.expected or order.state.cancel_reason:
        return False
    channel = deps.config.channel(order.snapshot.channel)
    reading = Reading(deps.stock, deps.config, channel, deps.config.nodes(channel), deps.now)
    network = reading.network(order.snapshot, consistent=False)
    return reading.later(order, missing, network) is None


def _no_way_on(order: Order, outcome: str, now: int) -> str:
    """Why a human has to look: too many rounds, or every node that has it refused."""
    if outcome == progress.STUCK:
        return ATTEMPTS_EXHAUSTED
    refused = any(order.refused_by(no, now) for no in order.state.waiting)
    return NO_NODE_LEFT if outcome == progress.BACKORDERED and refused else ""


def _plan(order: Order, reading: Reading, orders: Orders) -> Order:
    """Source and claim the open units; commit the plan on STATE."""
    open_units = {} if order.state.blocked("ROUTE") else progress.to_source(order)
    plan = _claimed(order, open_units, reading) if open_units else Plan(())
    state = order.state
    if not open_units and state.status == o.IN_FULFILMENT:
        return order
    decided = _decided(order, plan, reading.now) if open_units else None
    parts = parts_with_decision(plan.parts, decided.number) if decided else plan.parts
    planned = (*order.planned, *parts)
    cut = plan.decision.after == CANCEL_REST
    status = _routed(state.status) if planned else state.status
    again_at = state.again_at if cut else _again_at(order, plan, reading.now) or state.again_at
    routed = replace(state, status=status, planned=planned, again_at=again_at)
    following = _with_the_rest(routed, plan, cut=cut)
    kind = "route" if planned else "cut" if cut else "backorder"
    if plan.decision.after == EXCEPTION_QUEUE:  # a person is told first: a crash tells again
        detail = {"reason": "STRATEGY", "strategy": plan.decision.strategy, "at": reading.now}
        orders.open_case(order.id, "SOURCING", order.attempts, detail)
    entry = Entry(state.version + 1, kind, reading.now, "sourcing", plan.how)
    saved = orders.save_state(order, following, entry, decided=decided)
    return replace(order, state=saved)


def _decided(order: Order, plan: Plan, now: int) -> DecisionRecord:
    """The first decision is made here where a hold kept the order from being sourced at once."""
    number = order.next_decision
    return decision_record(plan, number, now, RESOURCED if number > 1 else PLACED)


def _again_at(order: Order, plan: Plan, now: int) -> int:
    """When the first node that refused what is unfilled may be asked again; 0: none did."""
    ends = [e.thru for e in order.exclusions if e.line in plan.unfilled and e.thru > now]
    return min(ends, default=0)


def _routed(status: OrderStatus) -> OrderStatus:
    if status == o.IN_FULFILMENT:
        return status
    return lifecycle.step(lifecycle.ORDER, status, "route")


def _with_the_rest(state: OrderState, plan: Plan, *, cut: bool) -> OrderState:
    """What no node serves waits for stock, or is cancelled where the strategy says so."""
    before = state.cancelled if cut else state.waiting
    after = plus(before, plan.unfilled)
    return replace(state, cancelled=after) if cut else replace(state, waiting=after)


def _claimed(order: Order, lines: LineUnits, reading: Reading) -> Plan:
    """A plan whose stock is held. Raises LostRace."""
    held = hold_plan(order, reading, lambda network: reading.plan(order, lines, network))
    if held.plan is None:
        raise LostRace(f"stock for order {order.id} kept moving; try again")
    return held.plan


def _assign(order: Order, reading: Reading, orders: Orders) -> Order:
    """Every planned part becomes a fulfilment order at its node, with its accept deadline."""
    parts = list(order.parts)
    for planned in progress.to_assign(order):
        part = assigned(order, planned, reading)
        try:
            parts.append(orders.save_part(part, Entry(1, "assign", reading.now, "sourcing")))
        except LostRace:  # assigned by an earlier run
            parts.append(orders.part(order.id, planned.number))
    return replace(order, parts=tuple(parts))
