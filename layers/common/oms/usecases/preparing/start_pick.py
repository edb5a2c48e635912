"""A picker sets off; a hold that blocks shipping stops it here."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing.steps import Step
from ...ports import Orders
from .move_part import Worker, led_by, move_part, not_held


def start_pick(
    order_id: str,
    number: int,
    *,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    def step(part: FulfilmentOrder) -> Step:
        not_held(orders.get(order_id))
        return "start_pick", part.moved("start_pick")

    return move_part(
        order_id,
        number,
        step,
        done=led_by("start_pick"),
        worker=worker,
        orders=orders,
        now=now,
        version=version,
    )
