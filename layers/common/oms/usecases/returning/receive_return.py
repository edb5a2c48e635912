"""Goods of a return arrive at a node, at once or in several parcels."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.model import returns as r
from ...domain.model.order import Order
from ...domain.model.returns import Return
from ...ports import Orders
from .change_return import change_return

UNEXPECTED = "RETURN_UNEXPECTED"


def receive_return(
    order_id: str,
    number: int,
    *,
    node: str,
    counts: Mapping[int, int],
    strangers: Mapping[str, int],
    orders: Orders,
    actor: str,
    now: int,
) -> tuple[Order, Return]:
    """`counts`: units arrived so far per line; `strangers`: SKU → units that are not of the order.

    What nobody announced is not booked: it opens one exception case for the return.
    """
    order, ret = change_return(
        order_id,
        number,
        lambda _, ret: r.arrived(ret, node, counts),
        orders=orders,
        actor=actor,
        now=now,
    )
    extra = r.surplus(ret, counts)
    if extra or strangers:
        content = {"at": now, "by": actor, "node": node, "lines": extra, "skus": dict(strangers)}
        orders.open_case(order_id, UNEXPECTED, number, content)
    return order, ret
