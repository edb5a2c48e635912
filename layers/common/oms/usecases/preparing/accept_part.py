"""The node takes charge of a part."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part


def accept_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    """Raises IllegalTransition after the deadline, even when the sweep did not come by yet."""
    return move_part(
        command,
        lambda part: steps.accept(part, deps.now),
        done=led_by("accept"),
        deps=deps,
    )
