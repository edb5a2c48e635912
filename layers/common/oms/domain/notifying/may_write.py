"""Whether we write to a customer at all: not about what is not ours to send, not where the channel
writes itself.
"""

from __future__ import annotations

from ..model.channel import Channel
from ..model.order import Hold, Order
from ..orders.deliverable import HOLDS_NO_STOCK
from ..orders.holds import code_of
from ..orders.status import READY_FOR_PICKUP
from .messages import DIGITAL_DELIVERED

# Nobody knows yet what was ordered, or who sends it.
UNREADABLE = frozenset({"UNREADABLE_LINE", "UNKNOWN_STATUS", "UNKNOWN_FULFILLER"})
VOID = "FINANCIAL_STATUS: voided"
SILENT = HOLDS_NO_STOCK | UNREADABLE
NEEDED = frozenset({DIGITAL_DELIVERED, READY_FOR_PICKUP})  # without it nobody gets the goods


def may_write(status: str, order: Order, channel: Channel) -> bool:
    """False while the order is held as cancelled, void, test, fulfilled elsewhere or unreadable,
    and for what the channel does not want to be written. Codes are sent wherever the
    goods were sold.
    """
    if any(map(_silent, order.state.holds)):
        return False
    return status in NEEDED or channel.writes(status)


def _silent(hold: Hold) -> bool:
    return hold.reason == VOID or code_of(hold) in SILENT
