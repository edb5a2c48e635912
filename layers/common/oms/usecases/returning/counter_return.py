"""A return across a store's counter: requested, received and judged in one go.

Three writes of one item; a repeated call goes on where the first one stopped.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.model.order import Order
from ...domain.model.returns import APPROVED, RECEIVED, Return, Verdict, Wanted
from ...ports import ConfigReader, Orders
from .inspect_return import inspect_return
from .receive_return import receive_return
from .request_return import request_return


def counter_return(
    order_id: str,
    wanted: Wanted,
    *,
    node: str,
    verdicts: Mapping[int, Verdict],
    fee: int,
    orders: Orders,
    config: ConfigReader,
    actor: str,
    now: int,
) -> tuple[Order, Return]:
    order, ret = request_return(
        order_id, wanted, orders=orders, config=config, actor=actor, now=now
    )
    if ret.status == APPROVED:
        order, ret = receive_return(
            order_id,
            ret.number,
            node=node,
            counts=wanted.quantities,
            strangers={},
            orders=orders,
            actor=actor,
            now=now,
        )
    if ret.status == RECEIVED:
        order, ret = inspect_return(
            order_id,
            ret.number,
            node=node,
            verdicts=verdicts,
            fee=fee,
            orders=orders,
            config=config,
            actor=actor,
            now=now,
        )
    return order, ret
