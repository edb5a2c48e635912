"""Customer status: derived from the parts, never stored (domain 3.5)."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import fulfilment as fo
from ..model import order as o
from ..model.order import Order

SUPPORT_WAITING, IN_PREPARATION = "SUPPORT_WAITING", "IN_PREPARATION"
READY_FOR_PICKUP, READY_TO_SHIP = "READY_FOR_PICKUP", "READY_TO_SHIP"
PICKED_UP, SHIPPED, DELIVERED = "PICKED_UP", "SHIPPED", "DELIVERED"
CANCELLED, UNCOLLECTED = "CANCELLED", "UNCOLLECTED"
RETURNED_TO_SENDER = "RETURNED_TO_SENDER"

OF_PART = {
    fo.ASSIGNED: SUPPORT_WAITING,
    fo.OFFERED: SUPPORT_WAITING,
    fo.ACCEPTED: IN_PREPARATION,
    fo.PICKING: IN_PREPARATION,
    fo.PICKED: IN_PREPARATION,
    fo.PACKED: IN_PREPARATION,
    fo.IN_TRANSFER: IN_PREPARATION,
    fo.ARRIVED: IN_PREPARATION,
    fo.READY_TO_SHIP: READY_TO_SHIP,
    fo.READY_FOR_PICKUP: READY_FOR_PICKUP,
    fo.SHIPPED: SHIPPED,
    fo.DELIVERY_FAILED: SHIPPED,
    fo.DELIVERED: DELIVERED,
    fo.PICKED_UP: PICKED_UP,
    fo.UNCOLLECTED: UNCOLLECTED,
    fo.RETURNED_TO_SENDER: RETURNED_TO_SENDER,
    fo.CANCELLED: CANCELLED,
}
RANK = {
    SUPPORT_WAITING: 0,
    IN_PREPARATION: 1,
    READY_FOR_PICKUP: 2,
    READY_TO_SHIP: 2,
    PICKED_UP: 3,
    SHIPPED: 3,
    DELIVERED: 4,
}


@dataclass(frozen=True, slots=True)
class PartStatus:
    """`number` 0 is the remainder that no part holds yet."""

    number: int
    status: str
    units: int

    @property
    def rank(self) -> int | None:
        return RANK.get(self.status)


@dataclass(frozen=True, slots=True)
class CustomerStatus:
    """Lowest rank over the live parts; `partial` when some are further."""

    status: str
    partial: bool
    parts: tuple[PartStatus, ...]
    text: str


def parts_of(order: Order) -> tuple[PartStatus, ...]:
    found = [
        PartStatus(part.number, OF_PART[part.status], part.quantity)
        for part in order.parts
        if part.status not in fo.LET_GO
    ]
    waiting = sum(len(which) for which in order.open.values())
    waiting += sum(len(which) for plan in order.planned for which in plan.lines.values())
    if waiting and not order.state.cancel_reason and order.state.status != o.CANCELLED:
        found.append(PartStatus(0, SUPPORT_WAITING, waiting))
    return tuple(found)


def customer_status(order: Order) -> CustomerStatus:
    parts = parts_of(order)
    live = [part for part in parts if part.rank is not None]
    if not live:
        ended = _ended(parts)
        return CustomerStatus(ended, False, parts, _words(ended))
    lowest = min(live, key=lambda part: (part.rank or 0, part.status))
    partial = any(part.rank != lowest.rank for part in live)
    return CustomerStatus(lowest.status, partial, parts, _text(lowest.status, live, partial))


def _ended(parts: tuple[PartStatus, ...]) -> str:
    """No part goes to the customer any more."""
    found = {part.status for part in parts}
    words = (RETURNED_TO_SENDER, UNCOLLECTED)
    return next((word for word in words if word in found), CANCELLED)


def _text(status: str, live: list[PartStatus], partial: bool) -> str:
    if not partial:
        return _words(status)
    top = max(live, key=lambda part: (part.rank or 0, part.status))
    count = sum(1 for part in live if (part.rank or 0) >= (top.rank or 0))
    return f"{_words(status)} ({count} of {len(live)} {_words(top.status)})"


def _words(status: str) -> str:
    return "awaiting preparation" if status == SUPPORT_WAITING else status.lower().replace("_", " ")
