"""A payment provider's webhook: late answers to authorisations and refunds."""

from __future__ import annotations

from ...domain.errors import Fault, NotFound
from ...domain.ids import operation_id
from ...domain.model import order as o
from ...domain.model import payment as pay
from ...domain.model.order import Order
from ...domain.model.payment import GatewayAnswer, Payment, ProviderEvent
from ..returning.apply_refund_answer import apply_refund_answer
from .apply_undelivered_refund import apply_undelivered_refund
from .authorise_payment import record_answer, settle_authorisation
from .conclude_order import UNDELIVERED
from .deps import Paying
from .void_authorisation import void_authorisation

AUTHORISE, REFUND = "authorise", "refund"
LAPSED = frozenset({pay.EXPIRED, pay.VOIDED})


def apply_provider_event(event: ProviderEvent | None, deps: Paying) -> str:
    """Apply a verified event; repeated, late or foreign ones change nothing.

    The order is read first: the provider's word is applied only where our record still waits.
    """
    if event is None or event.operation.count(":") != 2:
        return "IGNORED"
    order_id, step, key = event.operation.split(":")
    try:
        order = deps.orders.get(order_id)
    except NotFound:
        return "IGNORED"
    if step == REFUND:
        hear = (
            apply_undelivered_refund
            if key.partition(".")[0] == UNDELIVERED
            else apply_refund_answer
        )
        return hear(order, key, event.answer, orders=deps.orders, now=deps.now)
    if step != AUTHORISE or event.operation != _asked(order):
        return "IGNORED"
    if order.payment is None:
        raise Fault(f"the authorisation of order {order_id} is not written yet")
    return _authorisation(order, order.payment, event.answer, deps)


def _asked(order: Order) -> str:
    """The authorisation that we asked for or are asking for; empty when there is none."""
    if order.payment is not None:
        return order.payment.id
    first = operation_id(order.id, AUTHORISE, 1)
    return first if order.state.status == o.RECEIVED else ""


def _authorisation(order: Order, payment: Payment, answer: GatewayAnswer, deps: Paying) -> str:
    """Settled again when it was recorded before: the order may not have followed then."""
    orders, now = deps.orders, deps.now
    if payment.status == pay.PENDING:
        record_answer(order, payment, answer, orders=orders, now=now)
    else:
        settle_authorisation(order, orders=orders, now=now)
    order = orders.get(order.id)
    if order.state.status == o.CANCELLED:  # the payer agreed too late
        return void_authorisation(order, deps)
    if payment.status == pay.AUTHORISED and answer.outcome in LAPSED:
        _lapsed(order, payment, answer, deps)
    return order.payment.status if order.payment else "IGNORED"


def _lapsed(order: Order, payment: Payment, answer: GatewayAnswer, deps: Paying) -> None:
    """Nothing secures the open rest any more: a person decides how the order goes on."""
    if order.state.status == o.COMPLETED:
        return
    detail = {"reason": "AUTHORISATION_EXPIRED", "detail": answer.reason, "at": deps.now}
    deps.orders.open_case(order.id, "PAYMENT", payment.number, detail)
