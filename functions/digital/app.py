"""Digital goods: parts are delivered, codes are loaded, and shown to who may read them."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.api import Api
from oms.edge.batches import Change, Message, changes, each_change, each_message
from oms.edge.observed import observed
from oms.observability import count
from oms.stores.dynamo.table import from_wire
from oms.stores.goods import keys
from oms.usecases.digital.deliver_part import deliver_part
from oms.usecases.digital.serve_waiting import serve_waiting
from oms.wiring.digital import digital_delivery

from . import codes

app = Api(codes.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    records = event.get("Records", [])
    if records and records[0].get("eventSource") == "aws:sqs":
        return each_message(event, deliver, wiring.live().dead_letters("DIGITAL_DLQ_URL"))
    if records:
        latest = {change.pk: change for change in changes(event, from_wire)}  # of each SKU
        return each_change(iter(latest.values()), serve_waiters)
    return app.resolve(event, context)


def deliver(message: Message) -> None:
    detail = message.json()["detail"]
    outcome = deliver_part(detail["order_id"], detail["number"], deps=digital_delivery())
    count("DigitalParts", outcome=outcome)


def serve_waiters(change: Change) -> None:
    """New codes; the record has keys only."""
    serve_waiting(keys.sku_of_codes(change.pk), deps=digital_delivery())
