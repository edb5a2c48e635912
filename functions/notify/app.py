"""Events of the bus → messages to customers."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.contracts.bus_event import BusEvent
from oms.contracts.parse import parse
from oms.edge.batches import Message, each_message
from oms.edge.observed import observed
from oms.observability import count
from oms.usecases.notifying.notify_customer import notify_customer
from oms.wiring.notifying import notifying


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, notify, wiring.live().dead_letters("NOTIFY_DLQ_URL"))


def notify(message: Message) -> None:
    event = parse(BusEvent, message.json())
    about = event.detail
    sent = notify_customer(
        about.order_id, event.type, about.number, cause=about.id, deps=notifying()
    )
    for status in sent:
        count("Messages", status=status)
