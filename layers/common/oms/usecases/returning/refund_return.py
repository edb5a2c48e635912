"""Give the money of an inspected return back, once.

    PAY     refunds[key] = REQUESTED amount     the intent: its key names the operation for ever
    RETURN  DUE → REQUESTED
    provider.refund(operation id, amount)       asked again: the same answer
    PAY     refunds[key] = SUCCEEDED | FAILED | PENDING
    RETURN  → SUCCEEDED | FAILED | IN_DOUBT

A crash at any line is healed by running again: each step looks whether it was done. The payment
item's version makes concurrent refunds of one order take turns, so together they never exceed
what was captured, and shipping goes back once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...domain.errors import Fault, GatewayTimeout, MoneyRefused
from ...domain.ids import operation_id
from ...domain.model import payment as pay
from ...domain.model.money import Money
from ...domain.model.order import Order
from ...domain.model.payment import GatewayAnswer, Payment
from ...domain.model.returns import COMPLETED, INSPECTED, Return
from ...domain.returning import refund
from ...domain.returning.refund import Refund
from ...domain.returning.return_progress import SETTLED
from ...domain.states import RefundEvent
from ...domain.timeline import Entry
from ...ports import Orders, PaymentGateways
from .deps import Returning

ACTOR = "payments"
EVENT: Mapping[str, RefundEvent] = {
    pay.SUCCEEDED: "succeed",
    pay.FAILED: "fail",
    pay.PENDING: "doubt",
}
KIND = {pay.SUCCEEDED: "refund", pay.FAILED: "refund_failed", pay.PENDING: "refund_in_doubt"}


@dataclass(frozen=True, slots=True)
class RefundBooks:
    """Writes what happens to a refund: on the payment first, then on the return."""

    order: Order
    orders: Orders
    now: int

    def payment(self, entry: Refund, kind: str) -> Refund:
        changed = entry.payment.with_refund(entry.key, entry.move)
        line = Entry(changed.version + 1, kind, self.now, ACTOR, entry.key)
        saved: Payment = self.orders.save_payment(self.order.id, changed, line)
        return replace(entry, payment=saved)

    def ret(self, after: Return, kind: str) -> Return:
        return self.orders.save_return(after, Entry(after.version + 1, kind, self.now, ACTOR))


def refund_return(order_id: str, number: int, *, deps: Returning) -> dict[str, str]:
    """`outcome`: SUCCEEDED, DENIED, NONE (nothing to pay), FAILED, PENDING, ON_HOLD, NOT_DUE."""
    order = deps.orders.get(order_id)
    ret, books = refund.return_of(order, number), RefundBooks(order, deps.orders, deps.now)
    if ret.status not in (INSPECTED, COMPLETED):
        return {"outcome": "NOT_DUE"}
    if ret.money in SETTLED:
        return {"outcome": ret.money}
    if order.state.blocked("REFUND"):
        return {"outcome": "ON_HOLD"}
    entry = _intent(books, ret, deps.config.channel(order.snapshot.channel).refund_shipping)
    if entry is None:
        books.ret(ret.paid("deny", amount=0), "refund_denied")
        return {"outcome": "DENIED"}
    if ret.money in ("DUE", "FAILED"):
        ret = books.ret(ret.paid("request", amount=entry.move.amount), "refund_requested")
    if entry.move.outcome not in (pay.SUCCEEDED, pay.FAILED):
        entry = record_refund(books, entry, _answer(books, ret, entry, deps.gateways))
    follow_refund(books, ret, entry)
    return {"outcome": entry.move.outcome}


def _intent(books: RefundBooks, ret: Return, policy: str) -> Refund | None:
    """The try that is under way, else a new one; None when there is nothing left to give back."""
    order, last = books.order, refund.last_refund(books.order, ret)
    if last and not (ret.money == "FAILED" and last.move.outcome == pay.FAILED):
        return last
    if not refund.all_captured(order, ret):
        raise Fault(f"return {ret.number} of order {order.id}: its money is not captured yet")
    planned = refund.next_refund(order, ret, policy, books.now)
    return books.payment(planned, "refund_requested") if planned else None


def _answer(
    books: RefundBooks, ret: Return, entry: Refund, gateways: PaymentGateways
) -> GatewayAnswer:
    """What the provider says; when it says nothing the return is in doubt until it does."""
    payment, order = entry.payment, books.order
    amount = Money(entry.move.amount, order.snapshot.currency)
    id = operation_id(order.id, "refund", entry.key)
    try:
        return gateways.of(payment.means).refund(id, payment.ref, amount)
    except MoneyRefused as error:
        return GatewayAnswer(pay.FAILED, reason=error.detail)
    except GatewayTimeout:
        if ret.money == "REQUESTED":
            books.ret(ret.paid("doubt"), "refund_in_doubt")
        raise


def record_refund(books: RefundBooks, entry: Refund, answer: GatewayAnswer) -> Refund:
    """Keep the provider's word on the payment."""
    move = replace(entry.move, outcome=answer.outcome, ref=answer.ref, at=books.now)
    kinds = {pay.SUCCEEDED: "refunded", pay.FAILED: "refund_failed"}
    if answer.outcome == entry.move.outcome:
        return entry
    return books.payment(replace(entry, move=move), kinds.get(answer.outcome, "refund_pending"))


def follow_refund(books: RefundBooks, ret: Return, entry: Refund) -> Return:
    """The return's money follows its payment's record."""
    outcome = entry.move.outcome
    if ret.money in SETTLED or (outcome == pay.PENDING and ret.money == "IN_DOUBT"):
        return ret
    return books.ret(ret.paid(EVENT[outcome], amount=entry.move.amount), KIND[outcome])
