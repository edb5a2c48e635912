"""A recalled part goes to other nodes, or stays as its channel says when there are none."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import LostRace
from ...domain.limits import MAX_CLAIM_RETRIES
from ...domain.orders.order import Order
from ...domain.parts import fulfilment as fo
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.sourcing.rules import WAIT
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders, Stock
from .rehome_part import reading_of, rehome_part

ACTOR = "sourcing"
NODE_OUTAGE = "NODE_OUTAGE"  # kind of exception case


def rehome_recalled(
    order_id: str, number: int, *, orders: Orders, stock: Stock, config: ConfigReader, now: int
) -> None:
    """Harmless when repeated, and after the node accepted it. Raises LostRace."""
    order = orders.get(order_id)
    part = order.part(number)
    if part is None or part.status != fo.ASSIGNED or order.state.cancel_reason:
        return
    reading = reading_of(order, stock=stock, config=config, now=now)
    others = replace(reading, nodes=tuple(n for n in reading.nodes if n.id != part.node))
    for _ in range(MAX_CLAIM_RETRIES):
        network = others.network(order.snapshot, consistent=True, first_part=order.next_part)
        plan = others.plan(order, part.lines, network)
        if plan.unfilled:
            return _nowhere(order, part, others.channel.without_node, orders, now)
        if rehome_part(order, part, plan, others, orders=orders, actor=ACTOR, note="recalled"):
            return
    raise LostRace(f"stock for order {order_id} kept moving; try again")


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
