"""The supplier's shipped notice: goods left with the supplier's own carrier, all in one call.

Stock, money and the customer's message follow from the one write, as after any handover.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.errors import Refused
from ...domain.parts import fulfilment as fo
from ...domain.parts import preparing, purchasing
from ...domain.parts.fulfilment import FulfilmentOrder, Package
from ...ports import Orders
from .move_part import Worker, free_to_leave, move_part
from .ship_part import report_late_shipment


def ship_purchase(
    order_id: str,
    number: int,
    *,
    packages: tuple[Package, ...],
    shipped: Mapping[int, int],
    reasons: Mapping[int, str],
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """Said again, the answer is the same; a notice that tells otherwise is refused."""

    def step(part: FulfilmentOrder) -> preparing.Step:
        event, after = purchasing.shipped(part, packages, shipped, reasons)
        if event == "drop_ship":
            free_to_leave(part, orders, now)
        return event, after

    def done(part: FulfilmentOrder) -> bool:
        if not part.purchase or not (preparing.left(part) or part.status == fo.REJECTED):
            return False
        try:
            before = purchasing.before_notice(part)
            _, after = purchasing.shipped(before, packages, shipped, reasons)
        except Refused:
            return False
        return purchasing.agree(part, after)

    part = move_part(
        order_id, number, step, done=done, worker=worker, orders=orders, now=now, version=version
    )
    report_late_shipment(part, orders=orders, now=now)
    return part
