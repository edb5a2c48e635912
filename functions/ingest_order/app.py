"""Orders come in: over HTTPS, as Shopify webhooks, as marketplace messages."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.errors import OutOfStock, ValidationFailed
from oms.domain.orders.intake import NewOrder
from oms.edge.batches import Message, each_message
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.observability import count
from oms.usecases.placing.place_order import Placed, place_order
from oms.wiring.placing import placing


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "Records" in event:
        return each_message(event, marketplace, wiring.live().dead_letters("MARKETPLACE_DLQ_URL"))
    return serve(event, ROUTES)


def place(new: NewOrder) -> Placed:
    try:
        return place_order(new, placing())
    except OutOfStock:
        count("OrdersRefused", channel=new.channel, reason="OutOfStock")
        raise


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


def marketplace(message: Message) -> None:
    from oms.gateways.channels.read import ignored, read_message

    body = message.json()
    if not isinstance(body, dict):
        raise ValidationFailed("the message is not a JSON object", fields={"": "object"})
    name = message.attributes.get("channel") or str(body.get("channel", ""))
    channel = wiring.live().config.channel(name)
    if not ignored(body, channel):
        place(read_message(body, channel))


ROUTES = {"POST /orders": storefront, "POST /webhooks/shopify/{channel}": shopify}
