"""Events of the bus → messages to customers."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, bus_event, each_message
from oms.observability import count
from oms.usecases.notifying.notify_customer import notify_customer
from oms.wiring.notifying import notifying


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, notify, wiring.live().dead_letters)


def notify(record: SQSRecord) -> None:
    event = bus_event(record)
    about = event.detail
    sent = notify_customer(
        about.order_id, event.type, about.number, cause=about.id, deps=notifying()
    )
    for status in sent:
        count("Messages", status=status)
