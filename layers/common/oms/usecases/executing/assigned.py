"""A planned part as the fulfilment order that its node is asked to accept."""

from __future__ import annotations

from ...domain.orders.order import Order
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.sourcing.plan import PlannedPart
from ..placing.place_order import Reading


def assigned(order: Order, planned: PlannedPart, reading: Reading) -> FulfilmentOrder:
    """Not stored yet. Its deadline to accept is the channel's, else the node's."""
    node = reading.config.node(planned.node)
    timeout_s = reading.channel.accept_timeout_s or node.accept_timeout_s
    return FulfilmentOrder(
        order_id=order.id,
        number=planned.number,
        node=planned.node,
        method=order.snapshot.method,
        lines=planned.lines,
        skus={no: order.snapshot.line(no).sku for no in planned.lines},
        due=reading.now + timeout_s,
        assigned_at=reading.now,
        promise=planned.promise,
    )
