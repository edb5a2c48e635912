"""Goods of a return arrive at a node, at once or in several parcels."""

from __future__ import annotations

from ...domain.model import returns as r
from ...domain.model.order import Order
from ...domain.model.returns import Return, ReturnArrival
from .change_return import change_return
from .deps import Returning

UNEXPECTED = "RETURN_UNEXPECTED"  # kind of exception case


def receive_return(
    order_id: str, number: int, arrival: ReturnArrival, *, actor: str, deps: Returning
) -> tuple[Order, Return]:
    """What nobody announced is not booked: it opens one exception case for the return."""
    order, ret = change_return(
        order_id,
        number,
        lambda _, ret: r.arrived(ret, arrival.node, arrival.counts),
        orders=deps.orders,
        actor=actor,
        now=deps.now,
    )
    extra = r.surplus(ret, arrival.counts)
    if extra or arrival.strangers:
        found = {"node": arrival.node, "lines": extra, "skus": dict(arrival.strangers)}
        content = {"at": deps.now, "by": actor, **found}
        deps.orders.open_case(order_id, UNEXPECTED, number, content)
    return order, ret
