"""Call a return off while nothing of it has arrived; its units may be returned again."""

from __future__ import annotations

from ...domain.model import returns as r
from ...domain.model.order import Order
from ...domain.model.returns import Return
from ...domain.states import ReturnEvent
from .change_return import change_return
from .deps import Returning


def cancel_return(
    order_id: str, number: int, *, actor: str, deps: Returning
) -> tuple[Order, Return]:
    def decide(_: Order, ret: Return) -> tuple[ReturnEvent, Return] | None:
        return None if ret.status == r.CANCELLED else ("cancel", ret.moved("cancel", due=None))

    return change_return(order_id, number, decide, orders=deps.orders, actor=actor, now=deps.now)
