"""Digital goods: parts are delivered, codes are loaded, and shown to who may read them."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.batches import Change, Message, changes, each_change, each_message
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.observability import count, logger
from oms.stores.dynamo.table import from_wire
from oms.stores.goods import keys
from oms.usecases.digital.deliver_part import deliver_part
from oms.usecases.digital.load_codes import load_codes, view_codes
from oms.usecases.digital.serve_waiting import serve_waiting
from oms.usecases.digital.view_goods import view_goods
from oms.wiring.digital import digital_delivery


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    records = event.get("Records", [])
    if records and records[0].get("eventSource") == "aws:sqs":
        return each_message(event, deliver, wiring.live().dead_letters("DIGITAL_DLQ_URL"))
    if records:
        fresh = {change.pk: change for change in changes(event, from_wire)}  # the last of each SKU
        return each_change(iter(fresh.values()), serve_waiters)
    return serve(event, ROUTES)


def deliver(message: Message) -> None:
    detail = message.json()["detail"]
    found = deliver_part(detail["order_id"], detail["number"], deps=digital_delivery())
    count("DigitalParts", outcome=found)


def serve_waiters(change: Change) -> None:
    """New codes; the record has keys only."""
    serve_waiting(keys.sku_of_codes(change.pk), deps=digital_delivery())


def load(request: Request) -> Response:
    from oms.contracts.digital import CodesBody, pool_view
    from oms.contracts.parse import parse

    codes = parse(CodesBody, request.json()).codes
    pool = load_codes(request.path["sku"], codes, deps=digital_delivery())
    return Response(200, pool_view(pool))


def see(request: Request) -> Response:
    from oms.contracts.digital import pool_view

    return Response(200, pool_view(view_codes(request.path["sku"], deps=digital_delivery())))


def show(request: Request) -> Response:
    """Who read codes, and of which order, is in the log; the codes are not."""
    from oms.contracts.digital import goods_view

    order_id = request.path["order_id"]
    shown = view_goods(order_id, deps=digital_delivery())
    logger.info("codes read", extra={"order_id": order_id, "by": request.principal.actor})
    return Response(200, goods_view(*shown), {"cache-control": "private, no-store"})


ROUTES = {
    "POST /products/{sku}/codes": load,
    "GET /products/{sku}/codes": see,
    "GET /orders/{order_id}/digital-goods": show,
}
