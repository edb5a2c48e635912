"""Which message a customer gets for an event: decided from the order as it is now.

1. One message for each (status, part); part 0 is the whole order, for returns it is the return.
2. What is no longer true is not said: a part that was given back is not "in preparation".
3. What comes late is not said: nothing below the highest rank that was told before. So after
   re-sourcing nobody reads "in preparation" again.
4. A new date is told once: DELAYED, and only when it is later than what was told last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..consequences.consequence import Noun
from ..consequences.table import consequence_of, messages_of
from ..model import fulfilment as fo
from ..model import order as o
from ..model import payment as pay
from ..model.order import Order
from ..orders import status as s
from ..orders.buckets import cancelled_units
from ..orders.digital import of_services
from ..orders.progress import still_waiting
from .delays import DELAYED, day_to_announce

BACKORDERED, PAYMENT_DECLINED, PICKUP_REMINDER = (
    "BACKORDERED",
    "PAYMENT_DECLINED",
    "PICKUP_REMINDER",
)
DIGITAL_DELIVERED = "DIGITAL_DELIVERED"
DELIVERY_FAILED, REFUNDED = "DELIVERY_FAILED", "REFUNDED"
RETURN_REQUESTED, RETURNED, RETURN_REJECTED = "RETURN_REQUESTED", "RETURNED", "RETURN_REJECTED"
DECLINED = "PAYMENT_DECLINED"  # cancel reason of an order whose payer was declined
UNDELIVERED = "undelivered"  # key of the refund of what was taken and not handed over


@dataclass(frozen=True, slots=True)
class CustomerMessage:
    """`epoch`: the same status is told again for each one; the ISO date that is told."""

    status: str
    part: int = 0
    epoch: str = ""

    @property
    def key(self) -> str:
        """What makes it one message, with the part."""
        return f"{self.status}@{self.epoch}" if self.epoch else self.status

    @property
    def of_a_part(self) -> bool:
        return self.status in OF_A_PART

    @property
    def of_a_return(self) -> bool:
        return self.status in OF_A_RETURN and self.part > 0


WHOLE_ORDER = frozenset({s.SUPPORT_WAITING, s.IN_PREPARATION, s.CANCELLED, BACKORDERED, DELAYED})
OF_A_PART = frozenset(
    {s.READY_TO_SHIP, s.READY_FOR_PICKUP, s.SHIPPED, s.PICKED_UP, s.DELIVERED, s.UNCOLLECTED}
    | {PICKUP_REMINDER, DELIVERY_FAILED, DIGITAL_DELIVERED, s.RETURNED_TO_SENDER}
)
OF_RETURNS = {RETURN_REQUESTED: 0, RETURNED: 1, REFUNDED: 2, RETURN_REJECTED: 2}
OF_A_RETURN = frozenset(OF_RETURNS)


def messages_for(order: Order, event: str, number: int) -> tuple[CustomerMessage, ...]:
    """What to tell now; `number` is that of the part or return the event is about."""
    found = []
    for status in messages_of(event):
        to_whole_order = status in WHOLE_ORDER or event.startswith(f"{Noun.PAYMENT}.")
        epoch = day_to_announce(order, event, number) if status == DELAYED else ""
        message = CustomerMessage(status, 0 if to_whole_order else number, epoch)
        if TRUE[status](order, number, event) and not _late(order, message):
            found.append(message)
    return tuple(found)


def _late(order: Order, message: CustomerMessage) -> bool:
    """Something further on was told before: of this part, or of any when it is of the order."""
    ranks = OF_RETURNS if message.of_a_return else s.RANK
    rank = ranks.get(message.status)
    if rank is None:
        return False
    sent = [
        ranks.get(str(row["status"]), -1)
        for row in order.messages
        if message.part in (0, row["part"])
    ]
    return any(other > rank for other in sent)


Holds = Callable[[Order, int, str], bool]


def _part_in(*statuses: str) -> Holds:
    def holds(order: Order, number: int, _: str) -> bool:
        part = order.part(number)
        return part is not None and part.status in statuses

    return holds


def _part_reached(status: str) -> Holds:
    """The part is alive and at least there."""

    def holds(order: Order, number: int, _: str) -> bool:
        part = order.part(number)
        reached = s.RANK.get(s.OF_PART.get(part.status, "")) if part else None
        return reached is not None and reached >= s.RANK[status]

    return holds


def _given_by_mail(order: Order, number: int, _: str) -> bool:
    """Of services there is nothing to open."""
    part = order.part(number)
    given = part is not None and not of_services(order.snapshot, part.lines)
    return given and part is not None and part.status == fo.DELIVERED


def _goes_on(order: Order, *_: object) -> bool:
    return not order.state.cancel_reason and order.state.status != o.CANCELLED


def _confirmed(order: Order, *_: object) -> bool:
    return _goes_on(order) and order.state.status != o.RECEIVED


def _waits_for_stock(order: Order, *_: object) -> bool:
    return _goes_on(order) and bool(still_waiting(order))


def _takes_longer(order: Order, number: int, event: str) -> bool:
    return bool(day_to_announce(order, event, number))


def _declined(order: Order, *_: object) -> bool:
    return order.state.cancel_reason == DECLINED


def _cancelled(order: Order, _: int, event: str) -> bool:
    """The whole of it, or at the end the rest of what somebody wanted to cancel."""
    if event == consequence_of(Noun.ORDER, "complete").published:
        return bool(order.state.cancel_reason and cancelled_units(order))
    ended = s.customer_status(order).status == s.CANCELLED
    return order.state.status == o.CANCELLED and ended and not _declined(order)


def _refunded(order: Order, number: int, event: str) -> bool:
    if event.startswith(f"{Noun.RETURN}."):
        return any(r.number == number and r.money == pay.SUCCEEDED for r in order.returns)
    moves = [p.refunds[UNDELIVERED] for p in order.payments if UNDELIVERED in p.refunds]
    return any(move.outcome == pay.SUCCEEDED for move in moves)


def _denied(order: Order, number: int, _: str) -> bool:
    return any(ret.number == number and ret.money == "DENIED" for ret in order.returns)


def _customer_sends(order: Order, number: int, _: str) -> bool:
    """Not across a counter, where all of it happens at once: the money is the one message. Not
    what the carrier brought back.
    """
    return any(r.number == number and not (r.counter or r.unasked) for r in order.returns)


TRUE: Mapping[str, Holds] = MappingProxyType(
    {
        s.SUPPORT_WAITING: _confirmed,
        s.IN_PREPARATION: _part_reached(s.IN_PREPARATION),
        s.READY_TO_SHIP: _part_reached(s.READY_TO_SHIP),
        s.READY_FOR_PICKUP: _part_in(fo.READY_FOR_PICKUP, fo.PICKED_UP),
        s.SHIPPED: _part_reached(s.SHIPPED),
        s.PICKED_UP: _part_reached(s.PICKED_UP),
        s.DELIVERED: _part_reached(s.DELIVERED),
        s.UNCOLLECTED: _part_in(fo.UNCOLLECTED),
        DIGITAL_DELIVERED: _given_by_mail,
        PICKUP_REMINDER: _part_in(fo.READY_FOR_PICKUP),
        DELIVERY_FAILED: _part_in(fo.DELIVERY_FAILED),
        s.RETURNED_TO_SENDER: _part_in(fo.RETURNED_TO_SENDER),
        BACKORDERED: _waits_for_stock,
        DELAYED: _takes_longer,
        PAYMENT_DECLINED: _declined,
        s.CANCELLED: _cancelled,
        REFUNDED: _refunded,
        RETURN_REQUESTED: _customer_sends,
        RETURNED: _customer_sends,
        RETURN_REJECTED: _denied,
    }
)
