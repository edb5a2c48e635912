"""Tell the customer: one message for each (order, status, part), however often it is delivered.

put MSG row     conditional: whoever writes it, sends it; without a mail provider it is the
                delivery
send            fails: the row goes, the event comes again
"""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.ids import operation_id
from ...domain.orders.order import Order
from ...domain.telling import message_data as data
from ...domain.telling.messages import TOLD, Message, messages_for
from ...ports import ConfigReader, Messenger, Orders, Renderer, Row


def notify_customer(
    order_id: str,
    event: str,
    number: int,
    *,
    cause: str,
    orders: Orders,
    config: ConfigReader,
    messenger: Messenger,
    render: Renderer,
    now: int,
) -> list[str]:
    """The statuses that were told. `event`: type on the bus; `cause`: its id."""
    if event not in TOLD:
        return []
    order = orders.get(order_id)
    told = []
    for message in messages_for(order, event, number):
        subject, body = render(message.status, _locale(order), _data(order, message, config))
        text = Text(subject, body, {"at": now, "locale": _locale(order), "event": cause})
        if _tell(order, message, text, orders=orders, messenger=messenger):
            told.append(message.status)
    return told


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str
    about: Row


def _tell(
    order: Order, message: Message, text: Text, *, orders: Orders, messenger: Messenger
) -> bool:
    """False when it was told before."""
    status, part = message.status, message.part
    said: Row = {"status": status, "part": part, "subject": text.subject, "body": text.body}
    if message.epoch:
        said["epoch"] = message.epoch
    if not orders.put_message(order.id, message.key, part, said | text.about):
        return False
    to = data.recipient(order)
    if not to:
        return True
    try:
        messenger.send(operation_id(order.id, message.key, part), to, text.subject, text.body)
    except Exception:
        orders.drop_message(order.id, message.key, part)
        raise
    return True


def _data(order: Order, message: Message, config: ConfigReader) -> dict[str, str]:
    part = order.part(message.part) if message.status in data.AT_THE_STORE else None
    channel = config.channel(order.snapshot.channel)
    return data.data_of(order, message, channel, config.node(part.node) if part else None)


def _locale(order: Order) -> str:
    return order.snapshot.customer.locale
