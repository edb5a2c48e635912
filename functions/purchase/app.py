"""Events of the bus → purchase orders on the queues of drop-shippers."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.contracts.bus_event import BusEvent
from oms.contracts.parse import parse
from oms.edge.batches import Message, each_message
from oms.edge.observed import observed
from oms.edge.purchases import document
from oms.observability import count
from oms.usecases.notifying.send_purchase_order import send_purchase_order


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, send, wiring.live().dead_letters("PURCHASE_DLQ_URL"))


def send(message: Message) -> None:
    live, event = wiring.live(), parse(BusEvent, message.json())
    done = send_purchase_order(
        event.detail.order_id,
        event.detail.number,
        orders=live.orders,
        config=live.config,
        suppliers=live.config,
        post=live.supplier_post,
        render=document,
    )
    count("PurchaseOrders", outcome=done)
