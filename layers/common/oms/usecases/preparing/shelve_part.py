"""A pickup is ready: on its shelf, with the code that the customer shows and its deadlines."""

from __future__ import annotations

from collections.abc import Callable

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import deadlines, steps, transfers
from ...ports import ConfigReader, Orders
from .move_part import Worker, free_to_leave, led_by, move_part


def shelve_part(
    order_id: str,
    number: int,
    *,
    worker: Worker,
    orders: Orders,
    config: ConfigReader,
    codes: Callable[[], str],
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """`codes` makes a fresh collection code, unpredictable."""

    def step(part: FulfilmentOrder) -> steps.Step:
        part.moved("shelve")  # refused before anything is read
        free_to_leave(part, orders, now)
        order = orders.get(order_id)
        transfers.all_arrived(order)
        channel = config.channel(order.snapshot.channel)
        due = deadlines.pickup_due(now, channel, reminded=False)
        return steps.shelve(part, codes(), due)

    return move_part(
        order_id,
        number,
        step,
        done=led_by("shelve"),
        worker=worker,
        orders=orders,
        now=now,
        version=version,
    )
