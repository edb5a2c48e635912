"""A payment provider's late word on a refund that it had left open."""

from __future__ import annotations

from ...domain.model import payment as pay
from ...domain.model.order import Order
from ...domain.model.payment import GatewayAnswer
from ...domain.returning import refund
from ...ports import Orders
from .refund_return import RefundBooks, follow_refund, record_refund

OPEN = ("REQUESTED", "IN_DOUBT")
FINAL = (pay.SUCCEEDED, pay.FAILED)


def apply_refund_answer(
    order: Order, key: str, answer: GatewayAnswer, *, orders: Orders, now: int
) -> str:
    """`key`: the tail of the operation id "<order>:refund:<key>". Repeated it changes nothing."""
    number, _, again = key.partition(".")
    if not number.isdecimal() or not (again or "2").isdecimal():
        return "IGNORED"
    for ret in order.returns:
        entry = refund.last_refund(order, ret)
        if ret.number != int(number) or entry is None or entry.key != key:
            continue
        if ret.money not in OPEN or answer.outcome not in FINAL:
            return ret.money
        books = RefundBooks(order, orders, now)
        if entry.move.outcome not in FINAL:
            entry = record_refund(books, entry, answer)
        return follow_refund(books, ret, entry).money
    return "IGNORED"
