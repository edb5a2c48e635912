"""How a customer is reached: by mail, or by SMS where nothing else tells the code of a pickup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..model.order import Order
from ..orders.deliverable import phone_of, reachable_by_sms
from ..orders.status import READY_FOR_PICKUP
from .message_data import recipient
from .messages import PICKUP_REMINDER

MAIL: Final = "MAIL"
SMS: Final = "SMS"
BY_SMS = frozenset({READY_FOR_PICKUP, PICKUP_REMINDER})  # short, and of use on the way


@dataclass(frozen=True, slots=True)
class Way:
    """`to`: address or number, "" for nobody."""

    by: str = ""
    to: str = ""


NO_WAY = Way()


def way_to(order: Order, status: str, *, by_sms: bool) -> Way:
    """`by_sms`: the channel's customers are told so."""
    if email := recipient(order):
        return Way(MAIL, email)
    phone = phone_of(order.snapshot.customer, order.snapshot.ship_to)
    if by_sms and status in BY_SMS and reachable_by_sms(phone):
        return Way(SMS, "".join(phone.split()))
    return NO_WAY
