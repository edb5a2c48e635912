"""The goods did not come in time: the return ends, or goes on with what came."""

from __future__ import annotations

from ...domain.model import returns as r
from ...domain.model.order import Order
from ...domain.model.returns import Return
from ...domain.states import ReturnEvent
from ...ports import Orders
from .change_return import change_return


def expire_return(order_id: str, number: int, *, orders: Orders, now: int) -> Return:
    """For the sweep: a return that is not due any more stays as it is."""

    def decide(_: Order, ret: Return) -> tuple[ReturnEvent, Return] | None:
        after = r.expired(ret, now)
        return ("expire", after) if after else None

    return change_return(order_id, number, decide, orders=orders, actor="sweep", now=now)[1]
