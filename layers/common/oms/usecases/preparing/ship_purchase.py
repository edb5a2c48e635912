"""The supplier's shipped notice: goods left with the supplier's own carrier, all in one call.

Stock, money and the customer's message follow from the one write, as after any handover.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.errors import Refused
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder, Package
from ...domain.preparing import purchasing, steps
from .command import PartCommand
from .deps import Preparing
from .move_part import free_to_leave, move_part
from .ship_part import report_late_shipment


def ship_purchase(
    command: PartCommand,
    *,
    packages: tuple[Package, ...],
    shipped: Mapping[int, int],
    reasons: Mapping[int, str],
    deps: Preparing,
) -> FulfilmentOrder:
    """Said again, the answer is the same; a notice that tells otherwise is refused."""

    def step(part: FulfilmentOrder) -> steps.Step:
        event, after = purchasing.shipped(part, packages, shipped, reasons)
        if event == "drop_ship":
            free_to_leave(part, deps)
        return event, after

    def done(part: FulfilmentOrder) -> bool:
        if not part.purchase or not (steps.has_left(part) or part.status == fo.REJECTED):
            return False
        try:
            before = purchasing.before_notice(part)
            _, after = purchasing.shipped(before, packages, shipped, reasons)
        except Refused:
            return False
        return purchasing.notices_agree(part, after)

    part = move_part(command, step, done=done, deps=deps)
    report_late_shipment(part, orders=deps.orders, now=deps.now)
    return part
