"""Keep the task token of a waiting execution and wake it when its order's situation changes.

The token is stored before the order is read again, and a waker reads the order before the
token: whichever comes second sees the other, so no wake-up is lost.
"""

from __future__ import annotations

from ...domain.model.order import Order
from ...domain.orders import progress
from .deps import Executing
from .park_execution import PARKED

ORDER = "ORDER"


def await_progress(order_id: str, token: str, reason: str, deps: Executing) -> None:
    """`reason`: the situation the execution waits under, for example FULFILLING."""
    deps.orders.put_wait(order_id, ORDER, token, reason, deps.now)
    _answer(deps.orders.get(order_id), token, reason, deps)


def wake_order(order: Order, deps: Executing) -> bool:
    """True when the execution was told to go on; telling it twice is harmless.

    A parked one waits for a human, whatever happens to the order meanwhile.
    """
    waiting = deps.orders.wait(order.id, ORDER)
    if waiting is None or waiting["reason"] == PARKED:
        return False
    return _answer(order, waiting["token"], waiting["reason"], deps)


def _answer(order: Order, token: str, reason: str, deps: Executing) -> bool:
    now_at = progress.situation(order)
    if now_at == reason:
        return False
    outcome = progress.DONE if now_at == progress.DONE else progress.RESOURCE
    deps.workflows.resume(token, {"outcome": outcome, "situation": now_at})
    return True
