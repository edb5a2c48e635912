"""Orders come in: over HTTPS, as Shopify webhooks, as marketplace messages."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.errors import OutOfStock, ValidationFailed
from oms.domain.orders.intake import NewOrder
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, attributes, content, each_message
from oms.observability import about, count
from oms.usecases.placing.place_order import Placed, place_order
from oms.wiring.placing import placing


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "Records" in event:
        return each_message(event, marketplace, wiring.live().dead_letters)
    return serve(event, ROUTES)


def place(new: NewOrder) -> Placed:
    try:
        placed = place_order(new, placing())
    except OutOfStock:
        count("OrdersRefused", channel=new.channel, reason="OutOfStock")
        raise
    about(order_id=placed.snapshot.id)
    return placed


def storefront(request: Request) -> Response:
    from oms.contracts.orders import OrderBody
    from oms.contracts.parse import parse
    from oms.contracts.placed import placed_view

    live = wiring.live()
    body = parse(OrderBody, request.json())
    live.config.warm(body.channel, (line.sku for line in body.lines))  # with the provider below
    placed = place(body.placed_in(live.config.channel(body.channel)))
    headers = {"location": f"/orders/{placed.snapshot.id}"}
    return Response(201, placed_view(placed), headers)


def shopify(request: Request) -> Response:
    from oms.contracts.placed import placed_view
    from oms.gateways.channels import shopify as format

    live = wiring.live()
    format.verify(live.secrets["shopify"], request.headers, request.raw)
    channel = live.config.channel(request.path["channel"])
    placed = place(format.read(request.json(), channel))
    return Response(200, placed_view(placed))


def marketplace(record: SQSRecord) -> None:
    from oms.gateways.channels.read import ignored, read_message

    message = content(record)
    if not isinstance(message, dict):
        raise ValidationFailed("the message is not a JSON object", fields={"": "object"})
    name = attributes(record).get("channel") or str(message.get("channel", ""))
    channel = wiring.live().config.channel(name)
    if not ignored(message, channel):
        place(read_message(message, channel))


ROUTES = {"POST /orders": storefront, "POST /webhooks/shopify/{channel}": shopify}
