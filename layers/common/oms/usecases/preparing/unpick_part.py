"""Steps back: the goods return to the shelf, or out of the carton."""

from __future__ import annotations

from collections.abc import Callable

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from ...domain.preparing.steps import Step
from ...ports import Orders
from .move_part import Worker, led_by, move_part


def unpick_part(
    order_id: str,
    number: int,
    *,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """PICKED → ACCEPTED."""
    return _back(order_id, number, "unpick", steps.unpick, worker, orders, now, version)


def unpack_part(
    order_id: str,
    number: int,
    *,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """PACKED → PICKED; its packages are undone."""
    return _back(order_id, number, "unpack", steps.unpack, worker, orders, now, version)


def _back(
    order_id: str,
    number: int,
    event: str,
    step: Callable[[FulfilmentOrder], Step],
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None,
) -> FulfilmentOrder:
    return move_part(
        order_id,
        number,
        step,
        done=led_by(event),
        worker=worker,
        orders=orders,
        now=now,
        version=version,
    )
