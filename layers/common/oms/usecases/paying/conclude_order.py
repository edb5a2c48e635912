"""End of an order's execution: release what is left of the money, close the order.

Money rule: what was captured beyond what was handed over goes back to the original tender; the
open rest of the authorisation is voided.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain import lifecycle
from ...domain.errors import Fault
from ...domain.ids import operation_id
from ...domain.model import fulfilment as fo
from ...domain.model import order as o
from ...domain.model import payment as pay
from ...domain.model.money import Money
from ...domain.model.order import Order
from ...domain.model.payment import MoneyMove, Payment
from ...domain.orders import progress
from ...domain.states import OrderEvent
from ...domain.timeline import Entry
from .deps import Paying
from .void_authorisation import void_authorisation

UNDELIVERED = "undelivered"


def conclude_order(order_id: str, deps: Paying) -> dict[str, str]:
    """`outcome`: COMPLETED or CANCELLED. Repeating it changes nothing."""
    order = deps.orders.get(order_id)
    if progress.situation(order) != progress.DONE:
        raise Fault(f"order {order_id} is not done: {progress.situation(order)}")
    payment = order.payment
    if payment is not None and payment.status == pay.AUTHORISED:
        order = _give_back(order, payment, deps)
    void_authorisation(order, deps)
    if order.state.waiting:
        deps.stock.waiting.drop(order)
    if order.state.status in (o.COMPLETED, o.CANCELLED):
        return {"outcome": order.state.status}
    delivered = any(part.status in fo.HANDED_OVER for part in order.parts)
    event: OrderEvent = "complete" if delivered else "cancel"
    status = lifecycle.step(lifecycle.ORDER, order.state.status, event)
    entry = Entry(order.state.version + 1, event, deps.now)
    deps.orders.save_state(order, replace(order.state, status=status), entry)
    return {"outcome": status}


def _give_back(order: Order, payment: Payment, deps: Paying) -> Order:
    """Each try has an id of its own: a refund that failed stays failed under its id."""
    tried = [key for key in payment.refunds if key.partition(".")[0] == UNDELIVERED]
    due = payment.captured - payment.refunded - _kept(order)
    if due <= 0 or any(payment.refunds[key].outcome != pay.FAILED for key in tried):
        return order
    key = f"{UNDELIVERED}.{len(tried) + 1}" if tried else UNDELIVERED
    answer = deps.gateways.of(payment.means).refund(
        operation_id(order.id, "refund", key), payment.ref, Money(due, order.snapshot.currency)
    )
    kind = "refund_failed" if answer.outcome == pay.FAILED else "refunded"
    move = MoneyMove(due, answer.outcome, answer.ref, deps.now)
    entry = Entry(payment.version + 1, kind, deps.now, "payments", key)
    payment = deps.orders.save_payment(order.id, payment.with_refund(key, move), entry)
    if answer.outcome == pay.FAILED:
        raise Fault(f"refund of undelivered goods of order {order.id}: {answer.reason}")
    return replace(order, payments=(*order.payments[:-1], payment))


def _kept(order: Order) -> int:
    """What the customer owes: the price of what was handed over, less what returns gave back."""
    snapshot = order.snapshot
    owed = sum(
        snapshot.amount_of(part.lines) for part in order.parts if part.status in fo.HANDED_OVER
    )
    returned = sum(ret.amount for ret in order.returns if ret.money == pay.SUCCEEDED)
    return owed - returned
