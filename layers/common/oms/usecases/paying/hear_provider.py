"""A payment provider's webhook: late answers to authorisations and refunds."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.orders import order as o
from ...domain.payments import payment as pay
from ...domain.payments.payment import ProviderEvent
from ...ports import Orders, PaymentGateways
from ..returning.hear_refund import hear_refund
from .authorise_payment import record_answer
from .void_authorisation import void_authorisation

AUTHORISE, REFUND = "authorise", "refund"


def hear_provider(
    event: ProviderEvent | None, *, orders: Orders, gateways: PaymentGateways, now: int
) -> str:
    """Apply a verified event; repeated, late or foreign ones change nothing.

    The order is read first: the provider's word is applied only where our record still waits.
    """
    if event is None or event.operation.count(":") != 2:
        return "IGNORED"
    order_id, step, key = event.operation.split(":")
    try:
        order = orders.get(order_id)
    except NotFound:
        return "IGNORED"
    if step == REFUND:
        return hear_refund(order, key, event.answer, orders=orders, now=now)
    payment = order.payment
    if step != AUTHORISE or payment is None or payment.id != event.operation:
        return "IGNORED"
    if payment.status == pay.PENDING:
        record_answer(order, payment, event.answer, orders=orders, now=now)
        order = orders.get(order_id)
    if order.state.status == o.CANCELLED:  # the payer agreed too late
        return void_authorisation(order, orders=orders, gateways=gateways, now=now)
    return order.payment.status if order.payment else "IGNORED"
