"""The node gives a part back, with a reason per line; stock is corrected by that reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from .command import PartCommand
from .deps import Preparing
from .move_part import move_part


def reject_part(
    command: PartCommand, *, reasons: Mapping[int, str], reason: str, deps: Preparing
) -> FulfilmentOrder:
    """`reason` is that of lines that have none of their own."""

    def step(part: FulfilmentOrder) -> steps.Step:
        return steps.reject(part, reasons, reason)

    def done(part: FulfilmentOrder) -> bool:
        if part.status != fo.REJECTED:
            return False
        return step(replace(part, status=fo.ACCEPTED))[1].reasons == part.reasons

    return move_part(command, step, done=done, deps=deps)
