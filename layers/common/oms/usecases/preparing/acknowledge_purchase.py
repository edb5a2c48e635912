"""The supplier takes a purchase order on, and may say that it ships later than was promised."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import purchasing
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part


def acknowledge_purchase(command: PartCommand, *, ship_by: str, deps: Preparing) -> FulfilmentOrder:
    """Raises IllegalTransition after the deadline, and for another date than was told before."""

    def done(part: FulfilmentOrder) -> bool:
        known = part.expected == purchasing.promise_when_shipped_later(part.promise, ship_by)
        return part.purchase and led_by("accept")(part) and known

    return move_part(
        command,
        lambda part: purchasing.acknowledge(part, ship_by, deps.now),
        done=done,
        deps=deps,
    )
