"""A part that no node has accepted by its milestone goes to nodes that still keep the promise."""

from __future__ import annotations

from dataclasses import replace

from ...domain.model import fulfilment as fo
from ...domain.model.network import Network
from ...domain.model.plan import Plan
from ...domain.model.promise import day_of
from .deps import Rerouting
from .rehome_part import MoveReason, reading_of, rehome_part

ACTOR, AT_RISK = "sourcing", "at_risk"


def rehome_at_risk(order_id: str, number: int, *, deps: Rerouting) -> None:
    """Where nobody else keeps it, it stays: its node may still accept. Harmless when repeated.

    Raises LostRace.
    """
    order = deps.orders.get(order_id)
    part = order.part(number)
    if part is None or part.status != fo.ASSIGNED or order.state.cancel_reason:
        return
    promised = part.promised or day_of(part.promise)
    reading = reading_of(order, deps)
    others = replace(reading, nodes=tuple(n for n in reading.nodes if n.id != part.node))

    def choose(network: Network) -> Plan | None:
        plan = others.plan(order, part.lines, network)
        return plan if keeps(plan, promised) else None

    why = MoveReason(ACTOR, lambda _: AT_RISK)
    rehome_part(order, part, choose, others, orders=deps.orders, why=why)


def keeps(plan: Plan, promised: str) -> bool:
    """All of it, and in time."""
    days = [day_of(part.promise) for part in plan.parts]
    return bool(days) and not plan.unfilled and all(day and day <= promised for day in days)
