"""Steps back: the goods return to the shelf, or out of the carton."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part


def unpick_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    """PICKED → ACCEPTED."""
    return move_part(command, steps.unpick, done=led_by("unpick"), deps=deps)


def unpack_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    """PACKED → PICKED; its packages are undone."""
    return move_part(command, steps.unpack, done=led_by("unpack"), deps=deps)
