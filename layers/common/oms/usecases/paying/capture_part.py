"""Take the money for a part that was handed over: its units' frozen prices, nothing else."""

from __future__ import annotations

from ...domain.errors import Fault
from ...domain.ids import operation_id
from ...domain.model import fulfilment as fo
from ...domain.model import payment as pay
from ...domain.model.money import Money
from ...domain.model.payment import MoneyMove
from ...domain.timeline import Entry
from .deps import Paying

AT_HAND_OVER = fo.HANDED_OVER
FAILED_ATTEMPT = "-failed-"  # a refused capture keeps its id: the next attempt needs a new one
AT_READY = AT_HAND_OVER | {fo.READY_FOR_PICKUP}


def capture_part(order_id: str, number: int, deps: Paying) -> dict[str, object]:
    """The fulfilment order is the intent, its number names the operation: taken once.

    A part worth nothing, a free gift in its own parcel, asks no provider.
    """
    order = deps.orders.get(order_id)
    part = order.part(number)
    channel = deps.config.channel(order.snapshot.channel)
    moment = AT_READY if channel.capture_pickup_at == fo.READY_FOR_PICKUP else AT_HAND_OVER
    if part is None or part.status not in moment or order.paid(number):
        return {"outcome": "NOTHING_TO_DO"}
    payment = order.payment
    if payment is None or payment.status != pay.AUTHORISED or order.state.blocked("CAPTURE"):
        raise Fault(f"order {order_id} part {number} left without an open authorisation")
    amount = order.snapshot.amount_of(part.lines)
    failed = sum(1 for key in payment.captures if key.startswith(f"{number}{FAILED_ATTEMPT}"))
    steps = (number, failed) if failed else (number,)
    answer = deps.gateways.of(payment.means).capture(
        operation_id(order_id, "capture", *steps),
        payment.ref,
        Money(amount, order.snapshot.currency),
    )
    if answer.outcome == pay.PENDING:  # neither taken nor refused: asked again under this id
        raise Fault(f"capture of order {order_id} part {number} is still pending")
    move = MoneyMove(amount, answer.outcome, answer.ref, deps.now)
    taken = answer.outcome == pay.SUCCEEDED
    key = str(number) if taken else f"{number}{FAILED_ATTEMPT}{failed}"
    kind = "captured" if taken else "capture_failed"
    entry = Entry(payment.version + 1, kind, deps.now, "payments", str(number))
    deps.orders.save_payment(order_id, payment.with_capture(key, move), entry)
    if not taken:
        raise Fault(f"capture of order {order_id} part {number}: {answer.reason}")
    return {"outcome": pay.SUCCEEDED, "amount": amount}
