"""Goods that are collected at a store but lie elsewhere travel there first (ship-to-store).

The part changes hands: dispatched, it is no longer its source's but the store's, where it arrives.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.errors import NotFound
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import transfers
from .command import PartCommand
from .deps import Preparing
from .move_part import free_to_leave, led_by, move_part


def dispatch_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    """Its source hands it over; asked again, the source still gets the answer."""
    if gone := _sent(command, deps):
        return gone

    def step(part: FulfilmentOrder) -> tuple[str, FulfilmentOrder]:
        event, after = transfers.dispatch(part)
        free_to_leave(part, deps)
        return event, after

    return move_part(command, step, done=led_by("dispatch"), deps=deps)


def _sent(command: PartCommand, deps: Preparing) -> FulfilmentOrder | None:
    try:
        part = deps.orders.part(command.order_id, command.number)
        command.worker.may_work_at(part.sent_from)
    except NotFound:
        return None
    return part if part.sent_from else None


def arrive_part(
    command: PartCommand, *, arrived: Mapping[int, int], deps: Preparing
) -> FulfilmentOrder:
    """Pieces per line that came to the store, all of a line that is not named. What is missing is
    sourced anew.
    """

    def done(part: FulfilmentOrder) -> bool:
        if part.status not in (fo.ARRIVED, fo.REJECTED) or not part.sent_from:
            return False
        before = transfers.before_arrival(part)
        repeated = transfers.arrive(before, arrived)[1]
        return (repeated.status, repeated.lines) == (part.status, part.lines)

    return move_part(command, lambda part: transfers.arrive(part, arrived), done=done, deps=deps)
