"""A planned part as the fulfilment order that its node is asked to accept."""

from __future__ import annotations

from dataclasses import replace

from ...domain.limits.digital import LOOK_AFTER_S
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.node import DIGITAL, SHIP
from ...domain.model.order import Order
from ...domain.model.plan import PlannedPart
from ...domain.model.promise import day_of
from ...domain.orders.digital import released_at
from ...domain.preparing.deadlines import first_due, with_review
from ...domain.preparing.milestones import milestones
from ...domain.preparing.offering import offered
from ...domain.preparing.purchasing import is_purchase
from .ranked_nodes import ranked_nodes
from .reading import Reading


def assigned(order: Order, planned: PlannedPart, reading: Reading) -> FulfilmentOrder:
    """Not stored yet. Its deadline to accept is the channel's, else the node's; it
    is looked at earlier when the promise would be at risk by then."""
    if planned.node == DIGITAL:
        return digital(order, planned, reading.now)
    node = reading.config.node(planned.node)
    timeout_s = reading.channel.accept_timeout_s or node.accept_timeout_s
    days = reading.config.holidays((node,), "", reading.now)
    marks = milestones(planned.promise, node, days) if planned.promise else None
    part = FulfilmentOrder(
        order_id=order.id,
        number=planned.number,
        node=planned.node,
        method=order.snapshot.method,
        lines=planned.lines,
        to=planned.to,
        skus={no: order.snapshot.line(no).sku for no in planned.lines},
        assigned_at=reading.now,
        promise=planned.promise,
        promised=order.promised,
        locations=planned.locations,
        day=planned.day,
    )
    part = replace(part, purchase=is_purchase(node, part))
    part = first_due(part, marks, reading.now + timeout_s)
    if reading.channel.offers and part.method == SHIP:
        first, widen_s = reading.channel.offers, reading.channel.offer_widen_s
        ranked = ranked_nodes(order, part, reading)
        return offered(part, ranked, first=first, widen_s=widen_s)
    return with_review(part, reading.channel.review_after_s)


def digital(order: Order, planned: PlannedPart, now: int) -> FulfilmentOrder:
    """Nobody accepts it. It is looked at when it is released, or if it is not delivered."""
    return FulfilmentOrder(
        order_id=order.id,
        number=planned.number,
        node=DIGITAL,
        method=DIGITAL,
        lines=planned.lines,
        skus={no: order.snapshot.line(no).sku for no in planned.lines},
        assigned_at=now,
        due=max(released_at(order.snapshot, planned.lines), now + LOOK_AFTER_S),
        promise=planned.promise,
        promised=day_of(planned.promise),
    )
