"""Orders that shops report by signed webhooks."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.placed import TakenView, taken_view
from oms.domain.limits.aws import MAX_WEBHOOK_BYTES
from oms.edge.api import Router, json_object
from oms.edge.params import Headers, Name, RawBody
from oms.gateways.channels import shopify, shopify_topics
from oms.usecases.following_channels.deps import FollowingChannels
from oms.usecases.following_channels.take_state import note_deleted, note_refunds
from oms.wiring.placing import following_channels, shopify_secret

from .intake import take_state

router = Router()
Deps = Annotated[FollowingChannels, Depends(following_channels)]


@router.post(
    "/webhooks/shopify/<channel>",
    operation_id="receiveShopifyOrder",
    summary="Take what a Shopify shop reports about an order, signed with X-Shopify-Hmac-Sha256",
    description="Topics that are not about orders are answered and ignored.",
    tags=["webhooks"],
)
def receive_shopify_order(channel: Name, body: RawBody, headers: Headers, deps: Deps) -> TakenView:
    shopify.verify(shopify_secret(), headers, body)
    of = deps.config.channel(channel)
    about = shopify_topics.about(headers, of)
    if about == shopify_topics.IGNORED:
        return taken_view(None)
    message = json_object(body, MAX_WEBHOOK_BYTES)
    if about == shopify_topics.ORDER:
        return taken_view(take_state(shopify.state(message, of), deps))
    if about == shopify_topics.DELETED:
        note_deleted(channel, shopify_topics.deleted(message), deps)
    elif about == shopify_topics.REFUND:
        id, refunds = shopify_topics.refunded(message, of)
        note_refunds(channel, id, refunds, deps)
    return taken_view(None)
