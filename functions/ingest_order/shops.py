"""Orders that shops report by signed webhooks."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.placed import PlacedView, placed_view
from oms.edge.api import Router, json_object
from oms.edge.params import Headers, Name, RawBody
from oms.gateways.channels import shopify
from oms.usecases.placing.deps import Placing
from oms.wiring.placing import placing, shopify_secret

from .intake import place

router = Router()
Deps = Annotated[Placing, Depends(placing)]


@router.post(
    "/webhooks/shopify/<channel>",
    operation_id="receiveShopifyOrder",
    summary="Take an order that a Shopify shop reports, signed with X-Shopify-Hmac-Sha256",
    tags=["webhooks"],
)
def receive_shopify_order(channel: Name, body: RawBody, headers: Headers, deps: Deps) -> PlacedView:
    shopify.verify(shopify_secret(), headers, body)
    order = shopify.read(json_object(body), deps.config.channel(channel))
    return placed_view(place(order, deps))
