"""Send one message by mail, or its code by SMS, and keep what is known of it.

put MSG row     conditional: whoever writes it, sends it; without a provider it is the delivery
send            fails: the row goes, the event comes again
refused         the provider will never take it: the row says so, and a person is told

What carries codes of goods is sent before its row is written: its reader has paid for it, and had
rather read it twice than never. `state` of the row: SENT; KEPT, nothing left the house; NO_ADDRESS;
REFUSED.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ...domain.errors import Refused
from ...domain.ids import operation_id
from ...domain.model.order import Order
from ...domain.notifying.may_write import NEEDED
from ...domain.notifying.messages import CustomerMessage
from ...domain.notifying.recipient import NO_RECIPIENT, SMS, Recipient, recipient_of
from ...ports import Messenger, Row
from .deps import Notifying

SENT, KEPT, NO_ADDRESS, REFUSED = "SENT", "KEPT", "NO_ADDRESS", "REFUSED"
MESSAGE: Final = "MESSAGE"  # kind of exception case


@dataclass(frozen=True, slots=True)
class MessageText:
    """`kept`: the body as it is stored, where that is not all that is sent."""

    subject: str
    body: str
    about: Row
    kept: str = ""


def send_message(
    order: Order, message: CustomerMessage, text: MessageText, *, by_sms: bool, deps: Notifying
) -> bool:
    """False when it was sent before."""
    recipient = recipient_of(order, message.status, by_sms=by_sms)
    if text.kept and not _sent_before(order, message):
        state = _deliver(order, message, text, recipient, deps)
        return _keep(order, message, text, recipient, state, deps)
    if not _keep(order, message, text, recipient, _expected(recipient, deps), deps):
        return False
    try:
        state = _deliver(order, message, text, recipient, deps)
    except Exception:
        deps.orders.drop_message(order.id, message.key, message.part)
        raise
    if state == REFUSED:
        deps.orders.drop_message(order.id, message.key, message.part)
        _keep(order, message, text, recipient, state, deps)
    return True


def _expected(recipient: Recipient, deps: Notifying) -> str:
    if not recipient.to:
        return NO_ADDRESS
    return SENT if _messenger(recipient, deps).leaves else KEPT


def _deliver(
    order: Order, message: CustomerMessage, text: MessageText, recipient: Recipient, deps: Notifying
) -> str:
    """What became of it. What the customer cannot do without, and does not get, is a case."""
    id = operation_id(order.id, message.key, message.part)
    state = _expected(recipient, deps)
    if recipient.to:
        try:
            _messenger(recipient, deps).send(id, recipient.to, text.subject, text.body)
        except Refused:
            state = REFUSED
    if state == REFUSED or (state == NO_ADDRESS and message.status in NEEDED):
        found: Row = {"reason": f"{message.status}: {state}", "at": deps.now}
        deps.orders.open_case(order.id, MESSAGE, message.part, found)
    return state


def _messenger(recipient: Recipient, deps: Notifying) -> Messenger:
    return deps.texts if recipient.by == SMS else deps.messenger


def _keep(
    order: Order,
    message: CustomerMessage,
    text: MessageText,
    recipient: Recipient,
    state: str,
    deps: Notifying,
) -> bool:
    said: Row = {"status": message.status, "part": message.part, "subject": text.subject}
    said |= {"body": text.kept or text.body, "state": state}
    if recipient is not NO_RECIPIENT:
        said["by"] = recipient.by
    if message.epoch:
        said["epoch"] = message.epoch
    return deps.orders.put_message(order.id, message.key, message.part, said | text.about)


def _sent_before(order: Order, message: CustomerMessage) -> bool:
    sent = ((row["status"], row["part"]) for row in order.messages)
    return (message.status, message.part) in sent
