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


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, tell, wiring.live().dead_letters("NOTIFY_DLQ_URL"))


def tell(message: Message) -> None:
    live, event = wiring.live(), parse(BusEvent, message.json())
    told = notify_customer(
        event.detail.order_id,
        event.type,
        event.detail.number,
        cause=event.detail.id,
        orders=live.orders,
        config=live.config,
        messenger=live.messenger,
        render=live.render,
        given=lambda order_id: live.goods.given(order_id),
        now=live.now(),
    )
    for status in told:
        count("Messages", status=status)
