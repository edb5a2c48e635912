"""Shopify: the Admin REST order, body of the `orders/create` webhook (bare or as {"order": …}).

- Money is the shop's; the checkout holds it, so the means are external. `paid` and `authorized`
  may go; every other financial status holds the order.
- An order that was edited, cancelled or shipped since is held; so is a test order.
- Local pickup has no field of its own here: the shipping line tells it by its words or by a
  place that `settings["locations"]` of the channel maps to a node (id, code or title → node).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...domain.errors import Unauthenticated
from ...domain.limits.orders import MAX_NOTE_LENGTH
from ...domain.model.address import Address
from ...domain.model.channel import Channel
from ...domain.model.customer import Customer
from ...domain.model.node import PICKUP, SHIP
from ...domain.model.order import Hold
from ...domain.model.payment import PaymentMeans
from ...domain.orders.channel_state import ChannelState
from ...domain.orders.intake import NewLine, NewOrder
from ..signatures import header
from . import draft, loose, shopify_money

SIGNATURE_HEADER = "X-Shopify-Hmac-Sha256"
_CANCEL_REASONS = {
    word: word.upper() for word in ("customer", "inventory", "fraud", "declined", "staff")
}
_MAY_GO = frozenset({"paid", "authorized"})
_SHIPPED = frozenset({"fulfilled", "partial", "restocked"})
# a carrier's pick-up point is a delivery
_PICKUP_WORDS = re.compile(r"(pick[ _-]?up(?![ _-]?(point|station))|click (and|&) collect)")
_FAST_WORDS = ("express", "expedited", "overnight", "next day", "next-day", "priority", "same day")

Json = Mapping[str, Any]


def verify(secret: str, headers: Mapping[str, str], raw_body: bytes) -> None:
    """Raises Unauthenticated unless the header is the base64 HMAC-SHA256 of the raw body."""
    if not secret:
        raise Unauthenticated("No webhook secret is configured")
    digest = hmac.new(secret.encode(), raw_body, hashlib.sha256).digest()
    given = header(headers, SIGNATURE_HEADER).strip().encode("utf-8", "replace")
    if not hmac.compare_digest(base64.b64encode(digest), given):
        raise Unauthenticated("The signature does not match the body")


def state(order: dict[str, Any], channel: Channel) -> ChannelState:
    """The order, and what it says about itself beside what was bought. Raises as `read` does."""
    body = _order(order)
    return ChannelState(
        read(order, channel),
        at=loose.epoch(body.get("updated_at")) or 0,
        cancelled=_cancelled(body),
        remaining=shopify_money.remaining(body),
        refunds=shopify_money.refunds(body, channel.currency),
    )


def _order(message: object) -> Json:
    return loose.obj(loose.at(message, "order")) or loose.obj(message)


def _cancelled(body: Json) -> str:
    word = loose.text(body.get("cancel_reason"), 40).casefold()
    return _CANCEL_REASONS.get(word, "OTHER") if body.get("cancelled_at") else ""


def read(order: dict[str, Any], channel: Channel) -> NewOrder:
    """Tolerant: only an order without id or lines, or beyond a limit, raises ValidationFailed."""
    body = _order(order)
    external_id = draft.external_id(body.get("id"), "/id")
    currency, currency_holds = draft.currency(channel, body.get("currency"))
    lines, line_holds = shopify_money.lines(body, channel, currency)
    shipping, shipping_discount = shopify_money.shipping(body, currency)
    method, node, service, delivery_holds = _delivery(body, channel)
    customer = _customer(body, channel, external_id)
    to = _address(body, customer)
    return NewOrder(
        channel=channel.id,
        external_id=external_id,
        currency=currency,
        customer=customer,
        lines=lines,
        means=PaymentMeans(draft.EXTERNAL_MEANS, draft.EXTERNAL_MEANS),
        shipping=shipping,
        discount=shopify_money.order_discount(body, currency, lines, shipping_discount),
        declared_total=shopify_money.declared(body, currency),
        method=method,
        service=service,
        node=node,
        ship_to=to,
        number=loose.text(body.get("name")),
        note=loose.text(body.get("note"), MAX_NOTE_LENGTH),
        placed_at=loose.epoch(body.get("created_at")) or loose.epoch(body.get("processed_at")),
        holds=draft.unique(
            currency_holds,
            line_holds,
            delivery_holds,
            tuple(draft.address_holds(to)) if method == SHIP and _shipped(lines) else (),
            tuple(_status_holds(body)),
        ),
    )


def _shipped(lines: Sequence[NewLine]) -> bool:
    return not all(line.intangible or line.service for line in lines)


def _delivery(body: Json, channel: Channel) -> tuple[str, str, str, tuple[Hold, ...]]:
    """Method, node, service and doubts, from the first shipping line that says something."""
    fast = False
    for line in loose.objs(body.get("shipping_lines")):
        places = [loose.text(line.get(key)) for key in ("code", "title")]
        words = " ".join([*places, loose.text(line.get("delivery_category"))]).casefold()
        known = [place for place in places if draft.location(channel, place)]
        if known or _PICKUP_WORDS.search(words):
            place = loose.first(*known, body.get("location_id"), *places)
            node, holds = draft.pickup(channel, place)
            return PICKUP, node, draft.STANDARD, holds
        fast = fast or any(word in words for word in _FAST_WORDS)
    return SHIP, "", draft.service(channel, fast=fast), ()


def _customer(body: Json, channel: Channel, external_id: str) -> Customer:
    who = loose.obj(body.get("customer"))
    email = loose.first(body.get("email"), body.get("contact_email"), who.get("email"))
    phone = loose.first(body.get("phone"), who.get("phone"))
    billing = loose.obj(body.get("billing_address"))
    given = loose.text(who.get("id"))
    return Customer(
        id=draft.customer_id(channel, external_id, given, email),
        email=email,
        name=_name(who) or _name(billing),
        phone=phone,
        locale=loose.first(body.get("customer_locale"), who.get("locale"), limit=35) or "en",
    )


def _name(person: Json) -> str:
    parts = f"{loose.text(person.get('first_name'))} {loose.text(person.get('last_name'))}"
    return loose.first(person.get("name"), parts)


def _address(body: Json, customer: Customer) -> Address | None:
    given = loose.obj(body.get("shipping_address"))
    if not given:
        return None
    extra = [loose.text(given.get(key)) for key in ("company", "address2")]
    return Address(
        name=_name(given) or customer.name,
        line1=loose.text(given.get("address1")),
        line2=loose.text(", ".join(filter(None, extra))),
        city=loose.text(given.get("city")),
        region=loose.first(given.get("province_code"), given.get("province")),
        postal_code=loose.text(given.get("zip")),
        country=draft.country(given.get("country_code")),
        phone=loose.first(given.get("phone"), customer.phone),
        email=customer.email,
        lat=draft.degrees(given.get("latitude"), 90),
        lon=draft.degrees(given.get("longitude"), 180),
    )


def _status_holds(body: Json) -> Iterator[Hold]:
    financial = loose.text(body.get("financial_status"), 40).casefold()
    if financial not in _MAY_GO:
        yield draft.hold("PAYMENT", "FINANCIAL_STATUS", financial or "missing")
    if body.get("test") is True:
        yield draft.hold("MANUAL", "TEST_ORDER")
    if body.get("cancelled_at"):
        yield draft.hold("MANUAL", "CANCELLED_BY_CHANNEL")
    shipped = loose.text(body.get("fulfillment_status"), 40).casefold() in _SHIPPED
    if shipped or loose.objs(body.get("fulfillments")):
        yield draft.hold("MANUAL", "ALREADY_SHIPPED")
