"""Goods that are collected at a store but lie elsewhere travel there first (ship-to-store).

The part changes hands: dispatched, it is no longer its source's but the store's, where it arrives.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.errors import NotFound
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import transfers
from ...ports import Orders
from .move_part import Worker, free_to_leave, led_by, move_part


def dispatch_part(
    order_id: str,
    number: int,
    *,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """Its source hands it over; asked again, the source still gets the answer."""
    if gone := _sent(order_id, number, worker, orders):
        return gone

    def step(part: FulfilmentOrder) -> tuple[str, FulfilmentOrder]:
        event, after = transfers.dispatch(part)
        free_to_leave(part, orders, now)
        return event, after

    done = led_by("dispatch")
    return move_part(
        order_id, number, step, done=done, worker=worker, orders=orders, now=now, version=version
    )


def _sent(order_id: str, number: int, worker: Worker, orders: Orders) -> FulfilmentOrder | None:
    try:
        part = orders.part(order_id, number)
        worker.may_work_at(part.sent_from)
    except NotFound:
        return None
    return part if part.sent_from else None


def arrive_part(
    order_id: str,
    number: int,
    *,
    arrived: Mapping[int, int],
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """Pieces per line that came to the store, all of a line that is not named. What is missing is
    sourced anew.
    """

    def done(part: FulfilmentOrder) -> bool:
        if part.status not in (fo.ARRIVED, fo.REJECTED) or not part.sent_from:
            return False
        before = transfers.before_arrival(part)
        again = transfers.arrive(before, arrived)[1]
        return (again.status, again.lines) == (part.status, part.lines)

    return move_part(
        order_id,
        number,
        lambda part: transfers.arrive(part, arrived),
        done=done,
        worker=worker,
        orders=orders,
        now=now,
        version=version,
    )
