"""A provider's late word on the refund of money that was taken for goods not handed over."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import Fault
from ...domain.model import payment as pay
from ...domain.model.order import Order
from ...domain.model.payment import GatewayAnswer
from ...domain.timeline import Entry
from ...ports import Orders

FINAL = frozenset({pay.SUCCEEDED, pay.FAILED})
KIND = {pay.SUCCEEDED: "refunded", pay.FAILED: "refund_failed"}


def apply_undelivered_refund(
    order: Order, key: str, answer: GatewayAnswer, *, orders: Orders, now: int
) -> str:
    """`key` as in the payment's refunds. Repeated it changes nothing; a failure becomes a case."""
    payment = order.payment
    if payment is None or key not in payment.refunds:
        raise Fault(f"refund {key} of order {order.id} is not written yet")
    move = payment.refunds[key]
    if answer.outcome not in FINAL:
        return move.outcome
    if move.outcome not in FINAL:
        move = replace(move, outcome=answer.outcome, ref=answer.ref or move.ref, at=now)
        entry = Entry(payment.version + 1, KIND[answer.outcome], now, "payments", key)
        orders.save_payment(order.id, payment.with_refund(key, move), entry)
    if answer.outcome == pay.FAILED:
        detail = {"reason": "REFUND_FAILED", "detail": answer.reason, "refund": key, "at": now}
        orders.open_case(order.id, "REFUND", 0, detail)
    return move.outcome
