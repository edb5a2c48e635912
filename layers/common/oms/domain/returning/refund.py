"""What may come back, and how much money goes back for it (domain 3.7, 4.5).

Goods are refunded at their frozen unit prices, so returning units one by one gives back what
they cost, to the cent. Shipping goes back with the return that makes the whole order returned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..consequences.consequence import Mark
from ..consequences.table import marked
from ..errors import NotFound, NothingToReturn
from ..model import fulfilment as fo
from ..model import order as o
from ..model import payment as pay
from ..model import units
from ..model.order import Order
from ..model.payment import MoneyMove, Payment
from ..model.returns import Return, merged_lines
from ..model.units import NO_UNITS, LineUnits, Units, minus

DAY_S = 86_400
FULL_RETURN = "FULL_RETURN"  # Channel.refund_shipping
REQUESTED: Final = "REQUESTED"  # of a refund on PAY: committed, the provider has not answered yet


def return_of(order: Order, number: int) -> Return:
    """Raises NotFound."""
    for ret in order.returns:
        if ret.number == number:
            return ret
    raise NotFound(f"order {order.id} has no return {number}")


# --- what may come back ---------------------------------------------------------------------


def handed_over_at(part: fo.FulfilmentOrder) -> int:
    """When the customer got it, as far as we know: delivery, else hand-over."""
    times = [entry.at for entry in part.timeline if entry.kind in marked(Mark.WITH_CUSTOMER)]
    return max(times, default=part.assigned_at)


def returnable(order: Order, now: int, window_days: int | None) -> dict[int, Units]:
    """Units handed over within the window that no return holds; `window_days` None: no window."""
    over = [part for part in order.parts if part.status in fo.HANDED_OVER]
    if window_days is not None:
        over = [part for part in over if now <= handed_over_at(part) + window_days * DAY_S]
    held = merged_lines(ret.held for ret in order.returns)
    handed_over = merged_lines(part.lines for part in over)
    return minus(handed_over, held)


def units_to_return(
    order: Order, asked: Mapping[int, int], now: int, window_days: int | None
) -> dict[int, Units]:
    """The lowest returnable units per line; raises NothingToReturn naming the lines."""
    free = returnable(order, now, window_days)
    short = {
        f"/lines/{index}": f"{len(free.get(no, NO_UNITS))} units of line {no} can be returned"
        for index, (no, quantity) in enumerate(asked.items())
        if len(free.get(no, NO_UNITS)) < quantity
    }
    if short or not asked:
        raise NothingToReturn(f"order {order.id}: this cannot be returned", fields=short)
    return {no: units.first(free[no], quantity) for no, quantity in asked.items()}


# --- how much goes back ---------------------------------------------------------------------


def goods_value(order: Order, lines: LineUnits) -> int:
    return sum(order.snapshot.line(no).goods_of(which) for no, which in lines.items())


def amount_due(order: Order, ret: Return, policy: str) -> int:
    """For the accepted units, less the fee. `policy`: Channel.refund_shipping."""
    back = goods_value(order, ret.accepted)
    if policy == FULL_RETURN and _all_returned(order, ret) and not _shipping_given(order, ret):
        whole = _kept_units(order)
        back += sum(order.snapshot.line(no).shipping_of(which) for no, which in whole.items())
    return max(0, back - ret.fee)


def _all_returned(order: Order, ret: Return) -> bool:
    others = [other.accepted for other in order.returns if other.number != ret.number]
    return bool(ret.accepted) and merged_lines([*others, ret.accepted]) == _kept_units(order)


def _kept_units(order: Order) -> dict[int, Units]:
    """What the customer has or is still to get."""
    over = order.state.cancel_reason or order.state.status in (o.CANCELLED, o.COMPLETED)
    gone = merged_lines(
        [order.state.cancelled, order.open if over else {}]
        + [part.dropped for part in order.parts]
        + [part.lines for part in order.parts if part.status in (fo.CANCELLED, fo.UNCOLLECTED)]
    )
    found = {line.no: line.units - gone.get(line.no, NO_UNITS) for line in order.snapshot.lines}
    return {no: which for no, which in found.items() if which}


def _shipping_given(order: Order, ret: Return) -> bool:
    """Another return's refund was more than its goods cost."""
    for other in order.returns:
        found = last_refund(order, other)
        if other.number == ret.number or found is None or found.move.outcome == pay.FAILED:
            continue
        if found.move.amount + other.fee > goods_value(order, other.accepted):
            return True
    return False


# --- the money records ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refund:
    """One try to refund a return: `key` on its payment, and the tail of its operation id."""

    payment: Payment
    key: str
    move: MoneyMove


def refund_attempts(order: Order, number: int) -> Iterator[tuple[Payment, str, MoneyMove]]:
    """Keys are "3", and after a failure "3.2", "3.3": a failed id stays failed."""
    for payment in order.payments:
        for key, move in payment.refunds.items():
            if key.partition(".")[0] == str(number):
                yield payment, key, move


def last_refund(order: Order, ret: Return) -> Refund | None:
    found = [Refund(*each) for each in refund_attempts(order, ret.number)]
    return max(found, key=lambda refund: _try_number(refund.key), default=None)


def _try_number(key: str) -> int:
    return int(key.partition(".")[2] or 1)


def next_refund_key(before: Refund | None, ret: Return) -> str:
    return f"{ret.number}.{_try_number(before.key) + 1}" if before else str(ret.number)


def refundable(payment: Payment) -> int:
    """Captured, less what went back or is on its way back."""
    gone = sum(move.amount for move in payment.refunds.values() if move.outcome != pay.FAILED)
    return payment.captured - gone


def next_refund(order: Order, ret: Return, policy: str, now: int) -> Refund | None:
    """The next try, never more than what is left of the money; None when nothing is left."""
    amount = amount_due(order, ret, policy)
    enough = [payment for payment in order.payments if refundable(payment) >= amount]
    payment = enough[0] if enough else max(order.payments, key=refundable, default=None)
    capped = min(amount, refundable(payment)) if payment else 0
    if payment is None or capped <= 0:
        return None
    key = next_refund_key(last_refund(order, ret), ret)
    return Refund(payment, key, MoneyMove(capped, REQUESTED, at=now))


def all_captured(order: Order, ret: Return) -> bool:
    """The money for every accepted unit is here: a capture may follow its shipment later."""
    return all(
        order.paid(part.number)
        for part in order.parts
        if part.status in fo.HANDED_OVER
        and any(which & ret.accepted.get(no, NO_UNITS) for no, which in part.lines.items())
    )
