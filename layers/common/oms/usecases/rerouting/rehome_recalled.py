"""A recalled part goes to other nodes, or stays as its channel says when there are none. What was
offered is offered anew, held by the best of the others.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.model import fulfilment as fo
from ...domain.model.channel import WAIT
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.network import Network
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from ...domain.timeline import Entry
from .deps import Rerouting
from .rehome_part import MoveReason, reading_of, rehome_part

ACTOR = "sourcing"
NODE_OUTAGE = "NODE_OUTAGE"  # kind of exception case


def rehome_recalled(order_id: str, number: int, *, deps: Rerouting) -> None:
    """Harmless when repeated, and after a node accepted or claimed it. Raises LostRace."""
    order = deps.orders.get(order_id)
    part = order.part(number)
    if part is None or part.status not in fo.UNACCEPTED or order.state.cancel_reason:
        return
    reading = reading_of(order, deps)
    others = replace(reading, nodes=tuple(n for n in reading.nodes if n.id != part.node))

    def choose(network: Network) -> Plan | None:
        plan = others.plan(order, part.lines, network)
        return None if plan.unfilled else plan

    why = MoveReason(ACTOR, lambda _: "recalled")
    if not rehome_part(order, part, choose, others, orders=deps.orders, why=why):
        _nowhere(order, part, others.channel.without_node, deps)


def _nowhere(order: Order, part: FulfilmentOrder, without_node: str, deps: Rerouting) -> None:
    """WAIT: for stock anywhere. KEEP: at its node, and a human is told."""
    if without_node == WAIT:
        entry = Entry(part.version + 1, "withdraw", deps.now, ACTOR)
        deps.orders.save_part(part.moved("withdraw", due=None), entry)
        return
    detail = {"reason": "NO_OTHER_NODE", "node": part.node, "at": deps.now}
    deps.orders.open_case(order.id, NODE_OUTAGE, part.number, detail)
