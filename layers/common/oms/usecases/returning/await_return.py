"""Keep the task token of a return's execution and wake it when there is work to do.

The token is stored before the return is read again, and a waker reads the return before the
token: whichever comes second sees the other, so no wake-up is lost.
"""

from __future__ import annotations

from ...domain.model.order import Order
from ...domain.model.returns import return_execution, return_row
from ...domain.returning import return_progress as progress
from ...domain.returning.refund import return_of
from ...ports import Orders, Workflows
from ..executing.park_execution import PARKED
from .deps import Returning


def await_return(order_id: str, number: int, token: str, *, deps: Returning) -> None:
    deps.orders.put_wait(order_id, return_row(number), token, progress.AWAITING_GOODS, deps.now)
    _resume(deps.orders.get(order_id), number, token, deps.workflows)


def wake_return(order: Order, number: int, *, orders: Orders, workflows: Workflows) -> bool:
    """True when the execution was told to go on. One that never waited yet is started: starting
    and telling twice is harmless. A parked one waits for a human, whatever happens.
    """
    waiting = orders.wait(order.id, return_row(number))
    if waiting is None:
        name = return_execution(order.id, number)
        workflows.start("return", name, {"order_id": order.id, "number": number})
        return False
    return waiting["reason"] != PARKED and _resume(order, number, waiting["token"], workflows)


def _resume(order: Order, number: int, token: str, workflows: Workflows) -> bool:
    word = progress.situation(order, return_of(order, number))
    if word not in progress.WORK:
        return False
    workflows.resume(token, {"outcome": word})
    return True
