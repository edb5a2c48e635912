"""Where a return stands, in one word. Its execution waits under it until there is work to do."""

from __future__ import annotations

from typing import Final, Literal

from ..model import payment as pay
from ..model import returns as r
from ..model.order import Order
from ..model.returns import Return
from ..states import RefundStatus
from .refund import last_refund

Situation = Literal[
    "AWAITING_GOODS",
    "AWAITING_INSPECTION",
    "REFUND_DUE",
    "REFUND_PENDING",
    "REFUND_FAILED",
    "DONE",
]
AWAITING_GOODS: Final = "AWAITING_GOODS"
AWAITING_INSPECTION: Final = "AWAITING_INSPECTION"
REFUND_DUE: Final = "REFUND_DUE"
REFUND_PENDING: Final = "REFUND_PENDING"
REFUND_FAILED: Final = "REFUND_FAILED"
DONE: Final = "DONE"
# what the execution is woken for
WORK: frozenset[Situation] = frozenset({REFUND_DUE, REFUND_FAILED, DONE})
SETTLED: frozenset[RefundStatus] = frozenset({"NONE", "SUCCEEDED", "DENIED"})


def situation(order: Order, ret: Return) -> Situation:
    """DONE: nothing is left to wait for, the return can be concluded. REFUND_FAILED: the provider
    said no, a human decides whether to ask again.
    """
    if not ret.open:
        return DONE
    if ret.status in r.ON_THE_WAY:
        return AWAITING_GOODS
    if ret.status == r.RECEIVED:
        return AWAITING_INSPECTION
    if ret.money in SETTLED:
        return DONE
    if ret.money == "FAILED":
        return REFUND_FAILED
    refund = last_refund(order, ret)
    waits = refund is not None and refund.move.outcome == pay.PENDING
    return REFUND_PENDING if waits else REFUND_DUE
