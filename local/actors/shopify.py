"""A Shopify shop that reports its orders by signed webhook."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local.actors.api import Api
from local.actors.lines import NAMES, Cart, amount, cents, total
from local.actors.people import JONAS, Person

SHIPPING_CENTS = 490


@dataclass(frozen=True, slots=True)
class Shopify:
    """Signs with `secret`; orders come in through `channel`."""

    api: Api
    secret: str
    channel: str = "shopify"

    def sell(self, id: str, cart: Cart, to: Person = JONAS) -> str:
        """Our id of the order."""
        return str(self.send(order(id, cart, to))["id"])

    def send(
        self, order: dict[str, Any], *, topic: str = "orders/create", secret: str | None = None
    ) -> Any:
        """The answer to the webhook. Another `secret` is what an impostor would sign with."""
        raw = json.dumps(order).encode()
        key = (self.secret if secret is None else secret).encode()
        signature = base64.b64encode(hmac.new(key, raw, hashlib.sha256).digest()).decode()
        headers = {
            "content-type": "application/json",
            "x-shopify-topic": topic,
            "x-shopify-hmac-sha256": signature,
        }
        return self.api.call("POST", f"/webhooks/shopify/{self.channel}", raw, headers).body


def order(id: str, cart: Cart, to: Person = JONAS) -> dict[str, Any]:
    """An order as Shopify's Admin REST API describes it."""
    value, shipping = total(cart), amount(SHIPPING_CENTS)
    return {
        "id": id,
        "name": f"#{id}",
        "created_at": datetime.now(UTC).isoformat(),
        "currency": "EUR",
        "taxes_included": True,
        "financial_status": "paid",
        "fulfillment_status": None,
        "test": False,
        "cancelled_at": None,
        "email": to.email,
        "customer_locale": to.locale,
        "customer": {"id": to.id, "name": to.name},
        "total_discounts": "0.00",
        "total_price": amount(value + SHIPPING_CENTS),
        "line_items": [
            {
                "id": f"{id}-{number}",
                "sku": sku,
                "name": NAMES.get(sku, sku),
                "quantity": quantity,
                "current_quantity": quantity,
                "requires_shipping": True,
                "price": amount(cents(sku)),
            }
            for number, (sku, quantity) in enumerate(cart.items(), start=1)
        ],
        "shipping_lines": [{"code": "Standard", "title": "Standard", "price": shipping}],
        "shipping_address": to.as_shopify,
    }
