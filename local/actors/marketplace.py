"""A marketplace that puts its orders into our queue, in Amazon's format. It may say it twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from local.actors.lines import NAMES, Cart, amount, cents, total
from local.actors.people import MIA, Person
from oms.domain.ids import order_id

MOST_AT_ONCE = 10  # of SQS


@dataclass(frozen=True, slots=True)
class Marketplace:
    """Sends to the queue at `queue_url`; orders come in through `channel`."""

    sqs: Any
    queue_url: str
    channel: str = "amazon"

    def send(self, *orders: dict[str, Any]) -> list[str]:
        """Our ids of the orders, which follow from the marketplace's ids. At most ten at once."""
        assert len(orders) <= MOST_AT_ONCE
        entries = [self._entry(number, order) for number, order in enumerate(orders)]
        answer = self.sqs.send_message_batch(QueueUrl=self.queue_url, Entries=entries)
        assert not answer.get("Failed"), answer["Failed"]
        return [order_id(self.channel, order["orderId"]) for order in orders]

    def sell(self, id: str, cart: Cart, to: Person = MIA) -> str:
        """One order of one message."""
        return self.send(order(id, cart, to))[0]

    def raw(self, body: str) -> None:
        """Anything, for trouble."""
        self.sqs.send_message(QueueUrl=self.queue_url, MessageBody=body)

    def _entry(self, number: int, order: dict[str, Any]) -> dict[str, Any]:
        return {
            "Id": str(number),
            "MessageBody": json.dumps(order),
            "MessageAttributes": {
                "channel": {"DataType": "String", "StringValue": self.channel},
            },
        }


def order(id: str, cart: Cart, to: Person = MIA) -> dict[str, Any]:
    """An order as Amazon's Orders API 2026-01-01 describes it."""
    now = datetime.now(UTC)
    return {
        "orderId": id,
        "createdTime": instant(now),
        "buyer": {"buyerName": to.name, "buyerEmail": to.email},
        "recipient": {"deliveryAddress": to.as_amazon},
        "proceeds": {"grandTotal": _money(total(cart))},
        "fulfillment": {
            "fulfillmentStatus": "UNSHIPPED",
            "fulfilledBy": "MERCHANT",
            "fulfillmentServiceLevel": "STANDARD",
            "shipByWindow": {"latestDateTime": instant(now + timedelta(days=3))},
            "deliverByWindow": {"latestDateTime": instant(now + timedelta(days=7))},
        },
        "orderItems": _items(id, list(cart.items())),
    }


def _items(id: str, lines: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "orderItemId": f"{id}-{number}",
            "quantityOrdered": quantity,
            "product": {
                "sellerSku": sku,
                "title": NAMES.get(sku, sku),
                "price": {"unitPrice": _money(cents(sku))},
            },
            "proceeds": {
                "proceedsTotal": _money(cents(sku) * quantity),
                "breakdowns": [{"type": "ITEM", "subtotal": _money(cents(sku) * quantity)}],
            },
        }
        for number, (sku, quantity) in enumerate(lines, start=1)
    ]


def _money(minor: int) -> dict[str, str]:
    return {"amount": amount(minor), "currencyCode": "EUR"}


def instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
