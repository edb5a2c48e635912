"""Whether an order may still go to another address, whoever asks for it."""

from __future__ import annotations

from ..model import fulfilment as fo
from ..model.order import CANCELLED, COMPLETED, Order


def address_fixed(order: Order, country: str) -> str:
    """Why the order cannot go to another address, "" when it can."""
    here = [part for part in order.parts if part.status not in fo.TERMINAL]
    if order.state.status in (CANCELLED, COMPLETED) or not (here or order.open or order.planned):
        return "HAS_LEFT"
    if any(package.tracking for part in here for package in part.packages):
        return "LABELLED"
    if any(part.purchase for part in here):
        return "PURCHASE_ORDER_SENT"
    before = order.snapshot.ship_to
    if (here or order.planned) and before and before.country not in ("", country):
        return "OTHER_COUNTRY"
    return ""
