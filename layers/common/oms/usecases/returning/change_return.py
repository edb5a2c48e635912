"""One transition of a return: load, decide, commit; asked again it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...domain.model.order import Order
from ...domain.model.returns import Return
from ...domain.returning.refund import return_of
from ...domain.states import ReturnEvent
from ...domain.timeline import Entry
from ...ports import Orders
from ..retrying import retrying

# the event and the return after it; None when there is nothing to change
Decide = Callable[[Order, Return], tuple[ReturnEvent, Return] | None]


def change_return(
    order_id: str, number: int, decide: Decide, *, orders: Orders, actor: str, now: int
) -> tuple[Order, Return]:
    def attempt() -> tuple[Order, Return]:
        order = orders.get(order_id)
        ret = return_of(order, number)
        decision = decide(order, ret)
        if decision is None:
            return order, ret
        event, after = decision
        saved = orders.save_return(after, Entry(ret.version + 1, event, now, actor))
        return with_return(order, saved), saved

    return retrying(attempt)


def with_return(order: Order, ret: Return) -> Order:
    """The order with this version of the return."""
    others = [other for other in order.returns if other.number != ret.number]
    return replace(order, returns=(*others, ret))
