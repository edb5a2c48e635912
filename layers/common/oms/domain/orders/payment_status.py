"""Payment roll-up: derived from authorisations, captures and refunds, never stored (domain 3.8).

target     = order total − value of cancelled units − refunds granted for returns
authorised = none | partial | full           by open authorisation + captured, against target
charged    = none | partial | full | over    by captured − refunded, against target
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import order as o
from ..model import payment as pay
from ..model.order import Order
from .buckets import cancelled_units

NONE, PARTIAL, FULL, OVER = "NONE", "PARTIAL", "FULL", "OVER"
GRANTED = frozenset({"DUE", "REQUESTED", "IN_DOUBT", "FAILED", "SUCCEEDED"})  # lifecycle.REFUND


@dataclass(frozen=True, slots=True)
class PaymentRollUp:
    """Amounts in minor units; `open` is authorised and neither captured nor released."""

    target: int
    open: int
    captured: int
    refunded: int
    authorised_status: str
    charge_status: str

    @property
    def refund_due(self) -> int:
        return max(0, self.captured - self.refunded - self.target)


def roll_up(order: Order) -> PaymentRollUp:
    captured = sum(payment.captured for payment in order.payments)
    refunded = sum(payment.refunded for payment in order.payments)
    target, still_open = _target(order), _open(order)
    return PaymentRollUp(
        target=target,
        open=still_open,
        captured=captured,
        refunded=refunded,
        authorised_status=_level(still_open + captured - refunded, target, most=FULL),
        charge_status=_level(captured - refunded, target, most=OVER),
    )


def _target(order: Order) -> int:
    granted = sum(ret.amount for ret in order.returns if ret.money in GRANTED)
    gone = order.snapshot.amount_of(cancelled_units(order))
    return max(0, order.snapshot.grand_total - gone - granted)


def _open(order: Order) -> int:
    """An order that was concluded has released what it did not capture."""
    if order.state.status in (o.CANCELLED, o.COMPLETED):
        return 0
    return sum(
        payment.authorised.minor - payment.captured
        for payment in order.payments
        if payment.status == pay.AUTHORISED
    )


def _level(amount: int, target: int, *, most: str) -> str:
    if amount > target:
        return most
    if amount == target and target > 0:
        return FULL
    return PARTIAL if amount > 0 else NONE
