"""Events of the bus → purchase orders on the queues of drop-shippers."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, bus_event, each_message
from oms.observability import count
from oms.usecases.notifying.send_purchase_order import send_purchase_order
from oms.wiring.notifying import sending_purchase_orders


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, send, wiring.live().dead_letters)


def send(record: SQSRecord) -> str:
    about = bus_event(record).detail
    done = send_purchase_order(about.order_id, about.number, deps=sending_purchase_orders())
    count("PurchaseOrders", outcome=done)
    return done
