"""Release what is left of an authorisation, and say so on the payment when nothing was taken."""

from __future__ import annotations

from dataclasses import replace

from ...domain.ids import operation_id
from ...domain.model import payment as pay
from ...domain.model.order import Order
from ...domain.timeline import Entry
from .deps import Paying

OPEN = frozenset({pay.AUTHORISED, pay.PENDING})


def void_authorisation(order: Order, deps: Paying) -> str:
    """The payment's status afterwards; repeating it changes nothing."""
    payment = order.payment
    if payment is None:
        return "NONE"
    if payment.status not in OPEN or payment.captured >= payment.authorised.minor:
        return payment.status
    id = operation_id(order.id, "void", payment.number)
    deps.gateways.of(payment.means).void(id, payment.ref)
    if payment.captured:
        return payment.status
    entry = Entry(payment.version + 1, "voided", deps.now, "payments")
    deps.orders.save_payment(order.id, replace(payment, status=pay.VOIDED), entry)
    return pay.VOIDED
