"""Digital goods: parts are delivered, codes are loaded, and shown to who may read them."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.api import Api
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, bus_event, each_message, from_queue
from oms.edge.streams import Change, each_change, last_of_each_partition
from oms.observability import count
from oms.stores.dynamo.table import from_wire
from oms.stores.goods import keys
from oms.usecases.digital.deliver_digital_part import deliver_digital_part
from oms.usecases.digital.deliver_waiting_parts import deliver_waiting_parts
from oms.wiring.digital import digital_delivery

from . import codes

app = Api(codes.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    if from_queue(event):
        return each_message(event, deliver, wiring.live().dead_letters)
    if "Records" in event:
        return each_change(last_of_each_partition(event), from_wire, serve_waiters)
    return app.resolve(event, context)


def deliver(record: SQSRecord) -> str:
    part = bus_event(record).detail
    outcome = deliver_digital_part(part.order_id, part.number, deps=digital_delivery())
    count("DigitalParts", outcome=outcome)
    return outcome


def serve_waiters(change: Change) -> None:
    """New codes; the record has keys only."""
    deliver_waiting_parts(keys.sku_of_codes(change.pk), deps=digital_delivery())
