"""New codes of a SKU: whoever waits for them is delivered, the longest first."""

from __future__ import annotations

from ...domain.limits.digital import MAX_WAITING_SERVED
from .deliver_digital_part import DELIVERED, WAITING, deliver_digital_part
from .deps import DigitalDelivery


def deliver_waiting_parts(sku: str, *, deps: DigitalDelivery) -> int:
    """How many parts were delivered. A part that needs more than there is, or codes of another SKU
    too, goes on waiting and keeps nobody else from what is there.
    """
    done = 0
    for order_id, number, since in deps.goods.waiting(sku, MAX_WAITING_SERVED):
        found = deliver_digital_part(order_id, number, deps=deps)
        if found == WAITING:
            if not deps.goods.left(sku, 1):
                break
            continue
        deps.goods.waits_no_more(sku, order_id, number, since)
        done += found == DELIVERED
    return done
