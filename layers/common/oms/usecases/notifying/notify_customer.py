"""Tell the customer: one message for each (order, status, part), however often it is delivered.

put MSG row     conditional: whoever writes it, sends it; without a mail provider it is the
                delivery
send            fails: the row goes, the event comes again

What carries codes is sent before its row is written: its reader has paid for it, and had rather
read it twice than never.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.consequences.table import messages_of
from ...domain.digital.digital_goods import describe_goods, masked_goods, units_in
from ...domain.ids import operation_id
from ...domain.model.order import Order
from ...domain.notifying import message_data as data
from ...domain.notifying.messages import (
    DIGITAL_DELIVERED,
    CustomerMessage,
    messages_for,
)
from ...domain.notifying.wanted import wanted
from ...ports import ConfigReader, Row
from .deps import Notifying

KEPT_GOODS = 20  # told apart in the message as it is stored


def notify_customer(
    order_id: str, event: str, number: int, *, cause: str, deps: Notifying
) -> list[str]:
    """The statuses that were sent. `event`: type on the bus; `cause`: its id."""
    if not messages_of(event):
        return []
    order = deps.orders.get(order_id)
    channel = deps.config.channel(order.snapshot.channel)
    found = messages_for(order, event, number)
    sent = []
    for message in [each for each in found if wanted(each.status, order, channel)]:
        about: Row = {"at": deps.now, "locale": _locale(order), "event": cause}
        data = _data(order, message, deps.config)
        if message.status == DIGITAL_DELIVERED:
            text = _with_goods(order, message, data, about, deps)
        else:
            text = MessageText(*deps.render(message.status, _locale(order), data), about)
        if _send(order, message, text, deps):
            sent.append(message.status)
    return sent


@dataclass(frozen=True, slots=True)
class MessageText:
    """`kept`: the body as it is stored, where that is not all that is sent."""

    subject: str
    body: str
    about: Row
    kept: str = ""


def _with_goods(
    order: Order, message: CustomerMessage, data: dict[str, str], about: Row, deps: Notifying
) -> MessageText:
    """Codes are in what is sent; what is stored only tells them apart."""
    lines = order.part(message.part).lines  # type: ignore[union-attr]  # it is about a part
    known = deps.goods.given(order.id)
    its = {unit: known[unit] for unit in units_in(lines) if unit in known}
    names = {line.sku: line.name for line in order.snapshot.lines}
    subject, body = deps.render(
        message.status, _locale(order), {**data, "goods": describe_goods(its, names)}
    )
    shown = describe_goods(masked_goods(its, KEPT_GOODS), names)
    _, kept = deps.render(message.status, _locale(order), {**data, "goods": shown})
    return MessageText(subject, body, about, kept)


def _send(order: Order, message: CustomerMessage, text: MessageText, deps: Notifying) -> bool:
    """False when it was sent before."""
    status, part = message.status, message.part
    body = text.kept or text.body
    said: Row = {"status": status, "part": part, "subject": text.subject, "body": body}
    if message.epoch:
        said["epoch"] = message.epoch
    to, id = data.recipient(order), operation_id(order.id, message.key, part)
    if text.kept and to and not _sent_before(order, message):
        deps.messenger.send(id, to, text.subject, text.body)
    if not deps.orders.put_message(order.id, message.key, part, said | text.about):
        return False
    if text.kept or not to:
        return True
    try:
        deps.messenger.send(id, to, text.subject, text.body)
    except Exception:
        deps.orders.drop_message(order.id, message.key, part)
        raise
    return True


def _sent_before(order: Order, message: CustomerMessage) -> bool:
    sent = ((row["status"], row["part"]) for row in order.messages)
    return (message.status, message.part) in sent


def _data(order: Order, message: CustomerMessage, config: ConfigReader) -> dict[str, str]:
    part = order.part(message.part) if message.status in data.AT_THE_STORE else None
    channel = config.channel(order.snapshot.channel)
    return data.data_of(order, message, channel, config.node(part.node) if part else None)


def _locale(order: Order) -> str:
    return order.snapshot.customer.locale
