"""Authorise the order's amount and confirm the order, or cancel it when the payer is declined.

The snapshot is the intent: it names means and amount, and the operation id follows from the
order id, so asking again after a crash gets the first answer. That is also done for an order
cancelled meanwhile: nobody knows whether a run that died had asked, and only what is recorded can
be voided at the end.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain import lifecycle
from ...domain.ids import operation_id
from ...domain.model import order as o
from ...domain.model import payment as pay
from ...domain.model.money import Money
from ...domain.model.order import Order
from ...domain.model.payment import GatewayAnswer, Payment
from ...domain.timeline import Entry
from ...ports import Orders
from .deps import Paying


def authorise_payment(order_id: str, deps: Paying) -> dict[str, str]:
    """`outcome`: AUTHORISED, DECLINED or PENDING, as the payment says."""
    orders, now = deps.orders, deps.now
    order = orders.get(order_id)
    if order.payment is not None:
        return settle_authorisation(order, orders=orders, now=now)
    snapshot = order.snapshot
    id = operation_id(order_id, "authorise", 1)
    amount = Money(snapshot.grand_total, snapshot.currency)
    answer = GatewayAnswer(pay.AUTHORISED)  # an order worth nothing needs no provider
    if amount.minor:
        answer = deps.gateways.of(snapshot.means).authorise(id, amount, snapshot.means)
    payment = Payment(1, id, snapshot.means, pay.PENDING, amount)
    return record_answer(order, payment, answer, orders=orders, now=now)


def record_answer(
    order: Order, payment: Payment, answer: GatewayAnswer, *, orders: Orders, now: int
) -> dict[str, str]:
    """Keep what the provider said, then let the order follow. Used by the webhook as well."""
    changed = replace(
        payment,
        status=answer.outcome,
        ref=answer.ref or payment.ref,
        reason=answer.reason,
        expires_at=answer.expires_at or payment.expires_at,
    )
    entry = Entry(payment.version + 1, answer.outcome.lower(), now, "payments")
    saved = orders.save_payment(order.id, changed, entry)
    others = tuple(p for p in order.payments if p.number != saved.number)
    following = replace(order, payments=(*others, saved))
    return settle_authorisation(following, orders=orders, now=now)


def settle_authorisation(order: Order, *, orders: Orders, now: int) -> dict[str, str]:
    """The order's state follows its payment's; repeating it changes nothing."""
    payment, state = order.payment, order.state
    assert payment is not None
    if state.status == o.RECEIVED and payment.status == pay.AUTHORISED:
        following = replace(state, status=lifecycle.step(lifecycle.ORDER, state.status, "confirm"))
        orders.save_state(order, following, Entry(state.version + 1, "confirm", now, "payments"))
    if state.status == o.RECEIVED and payment.status in (pay.DECLINED, pay.EXPIRED):
        following = replace(
            state,
            status=lifecycle.step(lifecycle.ORDER, state.status, "cancel"),
            cancel_reason="PAYMENT_DECLINED",
        )
        entry = Entry(state.version + 1, "decline", now, "payments", payment.reason)
        orders.save_state(order, following, entry)
    return {"outcome": payment.status}
