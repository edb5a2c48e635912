"""Who a message is for: an e-mail address, or a phone where that alone tells a pickup code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..model.order import Order
from ..orders.deliverable import phone_of, reachable_by_sms
from ..orders.status import READY_FOR_PICKUP
from .message_data import email_of
from .messages import PICKUP_REMINDER

MAIL: Final = "MAIL"
SMS: Final = "SMS"
BY_SMS = frozenset({READY_FOR_PICKUP, PICKUP_REMINDER})  # short, and of use on the way


@dataclass(frozen=True, slots=True)
class Recipient:
    """`by`: MAIL or SMS. `to`: address or number, "" for nobody."""

    by: str = ""
    to: str = ""


NO_RECIPIENT = Recipient()


def recipient_of(order: Order, status: str, *, by_sms: bool) -> Recipient:
    """`by_sms`: the channel's customers are told so."""
    if email := email_of(order):
        return Recipient(MAIL, email)
    phone = phone_of(order.snapshot.customer, order.snapshot.ship_to)
    if by_sms and status in BY_SMS and reachable_by_sms(phone):
        return Recipient(SMS, "".join(phone.split()))
    return NO_RECIPIENT
