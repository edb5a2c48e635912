"""The node takes charge of a part."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from ...ports import Orders
from .move_part import Worker, led_by, move_part


def accept_part(
    order_id: str,
    number: int,
    *,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """Raises IllegalTransition after the deadline, even when the sweep did not come by yet."""
    return move_part(
        order_id,
        number,
        lambda part: steps.accept(part, now),
        done=led_by("accept"),
        worker=worker,
        orders=orders,
        now=now,
        version=version,
    )
