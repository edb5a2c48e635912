"""A pickup is ready: on its shelf, with the code that the customer shows and its deadlines."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import deadlines, steps, transfers
from .command import PartCommand
from .deps import Preparing
from .move_part import free_to_leave, led_by, move_part


def shelve_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    def step(part: FulfilmentOrder) -> steps.Step:
        part.moved("shelve")  # refused before anything is read
        free_to_leave(part, deps)
        order = deps.orders.get(part.order_id)
        transfers.check_all_arrived(order)
        channel = deps.config.channel(order.snapshot.channel)
        due = deadlines.pickup_due(deps.now, channel, reminded=False)
        return steps.shelve(part, deps.codes(), due)

    return move_part(command, step, done=led_by("shelve"), deps=deps)
