"""What a Shopify webhook is about: its headers and, by its topic, what becomes of its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...domain.errors import Unauthenticated
from ...domain.model.channel import Channel
from ..signatures import header
from . import draft, loose, shopify_money

ORDER: Final = "ORDER"  # the body is the whole order
REFUND, DELETED = "REFUND", "DELETED"
IGNORED = ""
TOPICS: Mapping[str, str] = {
    "orders/create": ORDER,
    "orders/updated": ORDER,
    "orders/paid": ORDER,
    "orders/cancelled": ORDER,
    "orders/fulfilled": ORDER,
    "orders/partially_fulfilled": ORDER,
    "orders/delete": DELETED,
    "refunds/create": REFUND,
    # orders/edited carries no order, and orders/updated comes with it
}


def about(headers: Mapping[str, str], channel: Channel) -> str:
    """What to do with the body; a webhook without a topic is an order, as it was configured.

    Raises Unauthenticated for another shop than the channel's `settings["shop_domain"]`.
    """
    ours = loose.text(channel.settings.get("shop_domain"))
    domain = _header(headers, "Shop-Domain")
    if ours and domain and domain.casefold() != ours.casefold():
        raise Unauthenticated("The webhook is of another shop")
    topic = _header(headers, "Topic")
    return TOPICS.get(topic.casefold(), IGNORED) if topic else ORDER


def deleted(body: dict[str, Any]) -> str:
    """The id of an order that was deleted."""
    return draft.external_id(body.get("id"), "/id")


def refunded(body: dict[str, Any], channel: Channel) -> tuple[str, dict[str, int]]:
    """The order's id, and what was given back."""
    refund = loose.obj(loose.at(body, "refund")) or body
    id = draft.external_id(refund.get("order_id"), "/order_id")
    return id, shopify_money.refunds({"refunds": [refund]}, channel.currency)


def _header(headers: Mapping[str, str], name: str) -> str:
    """Shopify drops the X- of its headers in newer webhooks."""
    found = header(headers, f"X-Shopify-{name}") or header(headers, f"Shopify-{name}")
    return found.strip()
