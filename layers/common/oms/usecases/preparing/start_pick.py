"""A picker sets off; a hold that blocks shipping stops it here."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing.steps import Step
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part, not_held


def start_pick(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    def step(part: FulfilmentOrder) -> Step:
        not_held(deps.orders.get(part.order_id))
        return "start_pick", part.moved("start_pick")

    return move_part(command, step, done=led_by("start_pick"), deps=deps)
