"""A recalled part goes to other nodes, or stays as its channel says when there are none. What was
offered is offered anew, held by the best of the others.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.network import Network
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from ...domain.model.rules import WAIT
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders, Stock
from .rehome_part import reading_of, rehome_part

ACTOR = "sourcing"
NODE_OUTAGE = "NODE_OUTAGE"  # kind of exception case


def rehome_recalled(
    order_id: str, number: int, *, orders: Orders, stock: Stock, config: ConfigReader, now: int
) -> None:
    """Harmless when repeated, and after a node accepted or claimed it. Raises LostRace."""
    order = orders.get(order_id)
    part = order.part(number)
    if part is None or part.status not in fo.UNACCEPTED or order.state.cancel_reason:
        return
    reading = reading_of(order, stock=stock, config=config, now=now)
    others = replace(reading, nodes=tuple(n for n in reading.nodes if n.id != part.node))

    def choose(network: Network) -> Plan | None:
        plan = others.plan(order, part.lines, network)
        return None if plan.unfilled else plan

    moved = rehome_part(
        order, part, choose, others, orders=orders, actor=ACTOR, note=lambda _: "recalled"
    )
    if not moved:
        _nowhere(order, part, others.channel.without_node, orders, now)


def _nowhere(
    order: Order, part: FulfilmentOrder, without_node: str, orders: Orders, now: int
) -> None:
    """WAIT: for stock anywhere. KEEP: at its node, and a human is told."""
    if without_node == WAIT:
        entry = Entry(part.version + 1, "withdraw", now, ACTOR)
        orders.save_part(part.moved("withdraw", due=None), entry)
        return
    detail = {"reason": "NO_OTHER_NODE", "node": part.node, "at": now}
    orders.open_case(order.id, NODE_OUTAGE, part.number, detail)
