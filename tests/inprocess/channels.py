"""Channels that sell for us: a shop's signed webhooks, the messages of a marketplace."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from local.seed.secrets import SECRETS
from oms.domain.ids import order_id
from oms.domain.model.order import Order

from . import web
from .world import World

BODIES = Path(__file__).parents[2] / "events" / "ingest_order" / "bodies"
ROUTE = "POST /webhooks/shopify/{channel}"


def case(name: str) -> Any:
    return json.loads((BODIES / f"{name}.json").read_text())


def webhook(world: World, topic: str, body: dict[str, Any], **more: str) -> tuple[int, Any]:
    """Status and answer; `more` are further headers."""
    raw = json.dumps(body)
    signed = hmac.new(SECRETS["shopify"].encode(), raw.encode(), hashlib.sha256).digest()
    headers = {
        "x-shopify-topic": topic,
        "x-shopify-hmac-sha256": base64.b64encode(signed).decode(),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    answer = web.call(world, ROUTE, raw, headers=headers, channel="shopify")
    world.settle()
    return answer


def message(world: World, body: dict[str, Any]) -> list[str]:
    """A message on the marketplace queue; the ids of what is to be delivered again."""
    record = {
        "messageId": "m1",
        "body": json.dumps(body),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {"channel": {"stringValue": "amazon", "dataType": "String"}},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:MarketplaceQueue",
        "awsRegion": "eu-west-1",
    }
    answer = world.persist("ingest_order", {"Records": [record]})
    world.settle()
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def order_of(world: World, channel: str, external_id: object) -> Order:
    return world.orders.get(order_id(channel, str(external_id)))
