"""Tell the customer: one message for each (order, status, part), however often it is delivered.

How each is sent, and what is known of it, is in send_message.py.
"""

from __future__ import annotations

from ...domain.consequences.table import messages_of
from ...domain.digital.digital_goods import describe_goods, masked_goods, units_in
from ...domain.model.order import Order
from ...domain.notifying import message_data as data
from ...domain.notifying.may_write import may_write
from ...domain.notifying.messages import (
    DIGITAL_DELIVERED,
    CustomerMessage,
    messages_for,
)
from ...ports import Row
from .deps import Notifying
from .send_message import MessageText, send_message

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
    for message in [each for each in found if may_write(each.status, order, channel)]:
        about: Row = {"at": deps.now, "locale": _locale(order), "event": cause}
        data = _data(order, message, deps)
        if message.status == DIGITAL_DELIVERED:
            text = _with_goods(order, message, data, about, deps)
        else:
            text = MessageText(*deps.render(message.status, _locale(order), data), about)
        if send_message(order, message, text, by_sms=channel.sms, deps=deps):
            sent.append(message.status)
    return sent


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


def _data(order: Order, message: CustomerMessage, deps: Notifying) -> dict[str, str]:
    config = deps.config
    part = order.part(message.part) if message.of_a_part else None
    channel = config.channel(order.snapshot.channel)
    node = config.node(part.node) if part and message.status in data.AT_THE_STORE else None
    said = data.data_of(order, message, channel, node)
    if message.status in data.WITH_A_CARRIER:
        said["tracking_url"] = data.parcel_links(part, config.carrier())
    said["order_url"] = data.order_link(order, channel, deps.link_secret, deps.now)
    return {name: value for name, value in said.items() if value}


def _locale(order: Order) -> str:
    return order.snapshot.customer.locale
