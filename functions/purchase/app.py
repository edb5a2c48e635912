"""Events of the bus → purchase orders on the queues of drop-shippers."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.contracts.bus_event import BusEvent
from oms.contracts.parse import parse
from oms.edge.batches import Message, each_message
from oms.edge.observed import observed
from oms.observability import count
from oms.usecases.notifying.send_purchase_order import send_purchase_order
from oms.wiring.notifying import sending_purchase_orders


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, send, wiring.live().dead_letters("PURCHASE_DLQ_URL"))


def send(message: Message) -> None:
    about = parse(BusEvent, message.json()).detail
    done = send_purchase_order(about.order_id, about.number, deps=sending_purchase_orders())
    count("PurchaseOrders", outcome=done)
