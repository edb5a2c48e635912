"""Amazon: the order object of the Orders API 2026-01-01 (bare or as {"order": …}).

- The marketplace holds the money: the means are external, and its promise is the order's.
- Orders that Amazon fulfils itself are recorded, for the books, and held: shipping them too
  would deliver twice. Where it is not said who fulfils, a human decides.
- ORDER_CHANGE notifications carry neither addresses nor prices: they tell that an order is to
  be fetched again. `kind` tells them apart; `read` takes orders only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...domain.model.address import Address
from ...domain.model.channel import Channel
from ...domain.model.customer import Customer
from ...domain.model.node import PICKUP, SHIP
from ...domain.model.order import Hold
from ...domain.model.payment import PaymentMeans
from ...domain.orders.channel_state import ChannelState
from ...domain.orders.intake import NewOrder
from . import amazon_money, draft, loose
from .amazon_money import BUYER_REQUEST, CANCELLED

ORDER, CHANGE, UNKNOWN = "ORDER", "CHANGE", "UNKNOWN"
_WINDOWS = ("shipByWindow", "deliverByWindow")
_FAST = frozenset({"EXPEDITED", "NEXT_DAY", "PRIORITY", "SAME_DAY", "SECOND_DAY"})
_STATUS_HOLDS = {
    "PENDING_AVAILABILITY": ("PAYMENT", "PENDING_AT_CHANNEL"),
    "PENDING": ("PAYMENT", "PENDING_AT_CHANNEL"),
    "PARTIALLY_SHIPPED": ("MANUAL", "ALREADY_SHIPPED"),
    "SHIPPED": ("MANUAL", "ALREADY_SHIPPED"),
    "CANCELLED": ("MANUAL", "CANCELLED_BY_CHANNEL"),
    "UNFULFILLABLE": ("MANUAL", "UNFULFILLABLE"),
}

Json = Mapping[str, Any]


def kind(message: object) -> str:
    """ORDER, CHANGE (a notification that an order changed) or UNKNOWN."""
    body = loose.obj(message)
    for payload in (body.get("Payload"), body.get("payload"), body):
        if loose.obj(loose.at(payload, "OrderChangeNotification")):
            return CHANGE
    found = loose.obj(body.get("order")) or body
    return ORDER if loose.text(found.get("orderId")) else UNKNOWN


def state(message: dict[str, Any], channel: Channel) -> ChannelState:
    """The order, and what its items and its status say beside it. Raises as `read` does."""
    body = _order(message)
    return ChannelState(
        read(message, channel),
        at=loose.epoch(body.get("lastUpdatedTime")) or 0,
        cancelled=_cancelled(body),
        remaining=amazon_money.remaining(body),
    )


def _order(message: object) -> Json:
    return loose.obj(loose.at(message, "order")) or loose.obj(message)


def _cancelled(body: Json) -> str:
    """Why the whole order is not wanted any more, "" while some of it is."""
    if loose.at(_fulfilment(body), "fulfillmentStatus") == "CANCELLED":
        return CANCELLED
    asked = amazon_money.cancellations(body)
    if not asked or not all(asked):
        return ""
    return CANCELLED if all(word == CANCELLED for word in asked) else BUYER_REQUEST


def read(message: dict[str, Any], channel: Channel) -> NewOrder:
    """Tolerant: only an order without id or lines, or beyond a limit, raises ValidationFailed."""
    body = _order(message)
    external_id = draft.external_id(body.get("orderId"), "/orderId")
    currency, currency_holds = draft.currency(channel, *amazon_money.currencies(body))
    lines, line_holds = amazon_money.lines(body, channel, currency, ended=bool(_cancelled(body)))
    method, service = _method(body), _service(body, channel)
    windows = [loose.at(_fulfilment(body), w, "latestDateTime") for w in _WINDOWS]
    node, node_holds = draft.pickup(channel, "") if method == PICKUP else ("", ())
    customer = _customer(body, channel, external_id)
    to = _address(body, customer)
    return NewOrder(
        channel=channel.id,
        external_id=external_id,
        currency=currency,
        customer=customer,
        lines=lines,
        means=PaymentMeans(draft.EXTERNAL_MEANS, draft.EXTERNAL_MEANS),
        shipping=amazon_money.shipping(body, currency),
        discount=amazon_money.order_discount(body, currency),
        declared_total=amazon_money.declared(body, currency),
        method=method,
        service=service,
        node=node,
        ship_to=to,
        promise=draft.promise(channel, method, service, *windows),
        placed_at=loose.epoch(body.get("createdTime")),
        holds=draft.unique(
            currency_holds,
            line_holds,
            node_holds,
            tuple(draft.address_holds(to)) if method == SHIP else (),
            tuple(_status_holds(body)),
        ),
    )


def _fulfilment(body: Json) -> Json:
    return loose.obj(body.get("fulfillment"))


def _method(body: Json) -> str:
    programs = body.get("programs")
    pickup = isinstance(programs, list) and "IN_STORE_PICK_UP" in programs
    return PICKUP if pickup else SHIP


def _service(body: Json, channel: Channel) -> str:
    level = loose.text(_fulfilment(body).get("fulfillmentServiceLevel"))
    return draft.service(channel, fast=level in _FAST)


def _customer(body: Json, channel: Channel, external_id: str) -> Customer:
    """Names are often withheld; the address is anonymised, one for each buyer."""
    buyer = loose.obj(body.get("buyer"))
    email = loose.text(buyer.get("buyerEmail"))
    name = loose.first(buyer.get("buyerName"), buyer.get("buyerCompanyName"))
    id = draft.customer_id(channel, external_id, "", email)
    return Customer(id=id, email=email, name=name)


def _address(body: Json, customer: Customer) -> Address | None:
    given = loose.obj(loose.at(body, "recipient", "deliveryAddress"))
    if not given:
        return None
    extra = [loose.text(given.get(key)) for key in ("companyName", "addressLine2", "addressLine3")]
    towns = [given.get(key) for key in ("city", "municipality", "districtOrCounty")]
    return Address(
        name=loose.text(given.get("name")) or customer.name,
        line1=loose.text(given.get("addressLine1")),
        line2=loose.text(", ".join(filter(None, extra))),
        city=loose.first(*towns, given.get("stateOrRegion")),
        region=loose.text(given.get("stateOrRegion")),
        postal_code=loose.text(given.get("postalCode")),
        country=draft.country(given.get("countryCode")),
        phone=loose.text(given.get("phone")),
        email=customer.email,
    )


def _status_holds(body: Json) -> Iterator[Hold]:
    fulfilment = _fulfilment(body)
    by = loose.text(fulfilment.get("fulfilledBy"))
    if by == "AMAZON":
        yield draft.hold("EXTERNAL", "FULFILLED_BY_CHANNEL")
    elif by != "MERCHANT":
        yield draft.hold("MANUAL", "UNKNOWN_FULFILLER", by)
    status = loose.text(fulfilment.get("fulfillmentStatus"))
    if status in _STATUS_HOLDS:
        yield draft.hold(*_STATUS_HOLDS[status])
    elif status != "UNSHIPPED":
        yield draft.hold("MANUAL", "UNKNOWN_STATUS", status)
