"""The supplier takes a purchase order on, and may say that it ships later than was promised."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import purchasing
from ...ports import Orders
from .move_part import Worker, led_by, move_part


def acknowledge_purchase(
    order_id: str,
    number: int,
    *,
    ship_by: str,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """Raises IllegalTransition after the deadline, and for another date than was told before."""

    def done(part: FulfilmentOrder) -> bool:
        known = part.expected == purchasing.later(part.promise, ship_by)
        return part.purchase and led_by("accept")(part) and known

    return move_part(
        order_id,
        number,
        lambda part: purchasing.acknowledge(part, ship_by, now),
        done=done,
        worker=worker,
        orders=orders,
        now=now,
        version=version,
    )
