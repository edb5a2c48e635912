"""Amazon orders: what is read from the payload, what holds it, and that none is lost."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from oms.domain.errors import ValidationFailed
from oms.domain.model.channel import Channel
from oms.domain.model.payment import PaymentMeans
from oms.domain.model.promise import Promise
from oms.domain.orders.pricing import price_order
from oms.gateways.channels import amazon
from oms.gateways.channels.read import ignored, read_message
from tests.fakes.specs import spec_json
from tests.gateways.foreign import AMAZON, PRODUCTS, SHOPIFY, codes, harmed, is_kept_or_hopeless

EVENTS = Path(__file__).parents[2] / "events" / "ingest_order"
ORDER = json.loads((EVENTS / "bodies" / "amazon_order.json").read_text())
NATIVE = json.loads((EVENTS / "bodies" / "native_order.json").read_text())


def order(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(ORDER), **changes}


def item(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(ORDER["orderItems"][0]), **changes}


def fulfilment(**changes: Any) -> dict[str, Any]:
    return {**ORDER["fulfillment"], **changes}


def money(amount: str, currency: str = "EUR") -> dict[str, str]:
    return {"amount": amount, "currencyCode": currency}


def proceeds(total: str, **parts: str) -> dict[str, Any]:
    breakdowns = [{"type": kind, "subtotal": money(amount)} for kind, amount in parts.items()]
    return {"proceedsTotal": money(total), "breakdowns": breakdowns}


def test_the_sample_order_is_read_without_doubts() -> None:
    read = amazon.read(ORDER, AMAZON)
    assert (read.external_id, read.currency) == ("301-0000001-0000007", "EUR")
    assert [(one.sku, one.quantity, one.unit_price, one.discount) for one in read.lines] == [
        ("SKU-005", 2, 1250, 200), ("SKU-011", 1, 1990, 0)
    ]  # fmt: skip
    assert (read.shipping, read.declared_total) == (390, 4680)
    assert read.means == PaymentMeans("external", "external")
    assert read.promise == Promise(
        "SHIP", ship_by="2026-03-04", deliver_by="2026-03-07", source="EXTERNAL"
    )
    assert price_order(read, PRODUCTS, foreign=True).holds == ()


def test_a_promised_day_is_one_of_the_channels_time_zone() -> None:
    berlin = replace(AMAZON, settings={"timezone": "Europe/Berlin"})
    late = fulfilment(deliverByWindow={"latestDateTime": "2026-03-07T23:30:00Z"})
    promise = amazon.read(order(fulfillment=late), berlin).promise
    assert promise is not None
    assert (promise.ship_by, promise.deliver_by) == ("2026-03-04", "2026-03-08")


PUBLISHED: list[tuple[str, str, int, set[tuple[str, str]]]] = [
    ("250-1234567-8901234", "JPY", 19940,
     {("EXTERNAL", "FULFILLED_BY_CHANNEL"), ("MANUAL", "ALREADY_SHIPPED")}),
    ("202-7654321-1098765", "GBP", 3499, {("MANUAL", "ALREADY_SHIPPED")}),
    ("171-2345678-9012345", "BRL", 159990, set()),
]  # fmt: skip


@pytest.mark.parametrize(("id", "currency", "total", "held"), PUBLISHED)
def test_the_published_orders_add_up(
    id: str, currency: str, total: int, held: set[tuple[str, str]]
) -> None:
    cases = spec_json("amazon/orders_2026-01-01_sandbox_cases.json")
    bodies = {one["orderId"]: one for case in cases for one in case["response"]["orders"]}
    read = amazon.read({"order": bodies[id]}, AMAZON)
    assert amazon.kind(bodies[id]) == amazon.ORDER
    assert (read.currency, read.declared_total, codes(read)) == (currency, total, held)
    priced = price_order(read, {}, foreign=True)
    assert priced.grand_total == total
    assert [hold.reason.split(":")[0] for hold in priced.holds if hold not in read.holds] == [
        "UNKNOWN_SKU"
    ]


HOLDS: list[tuple[dict[str, Any], str, str]] = [
    ({"fulfillment": fulfilment(fulfilledBy="AMAZON")}, "EXTERNAL", "FULFILLED_BY_CHANNEL"),
    ({"fulfillment": fulfilment(fulfilledBy="ROBOTS")}, "MANUAL", "UNKNOWN_FULFILLER"),
    ({"fulfillment": None}, "MANUAL", "UNKNOWN_FULFILLER"),
    ({"fulfillment": fulfilment(fulfillmentStatus="PENDING")}, "PAYMENT", "PENDING_AT_CHANNEL"),
    ({"fulfillment": fulfilment(fulfillmentStatus="SHIPPED")}, "MANUAL", "ALREADY_SHIPPED"),
    ({"fulfillment": fulfilment(fulfillmentStatus="CANCELLED")}, "MANUAL", "CANCELLED_BY_CHANNEL"),
    ({"fulfillment": fulfilment(fulfillmentStatus="NEW")}, "MANUAL", "UNKNOWN_STATUS"),
    ({"recipient": None}, "ADDRESS", "INCOMPLETE_ADDRESS"),
    ({"programs": ["IN_STORE_PICK_UP"]}, "MANUAL", "UNKNOWN_PICKUP_NODE"),
    ({"orderItems": [item(product=None)]}, "MANUAL", "NO_SKU"),
    ({"orderItems": [item(), 7]}, "MANUAL", "UNREADABLE_LINE"),
    ({"orderItems": [item(cancellation={"cancellationRequest": {"requester": "BUYER"}})]},
     "MANUAL", "CANCELLATION_REQUESTED"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "code"), HOLDS)
def test_a_doubt_is_a_hold(changes: dict[str, Any], kind: str, code: str) -> None:
    assert (kind, code) in codes(amazon.read(order(**changes), AMAZON))


def test_a_withheld_buyer_is_no_doubt_while_the_parcel_has_an_address() -> None:
    read = amazon.read(order(buyer=None), AMAZON)
    assert read.customer.id == "amazon:order:301-0000001-0000007"
    assert read.holds == ()


def test_tax_is_on_top_unless_the_items_total_shows_it_inside() -> None:
    on_top = item(proceeds=proceeds("24.00", ITEM="20.00", TAX="4.00"))
    inside = item(proceeds=proceeds("20.00", ITEM="20.00", TAX="3.33"))
    lines = amazon.read(order(orderItems=[on_top, inside]), AMAZON).lines
    assert [(one.tax, one.tax_included) for one in lines] == [(400, False), (333, True)]


def test_charges_beside_goods_travel_with_the_shipping() -> None:
    parts = proceeds("19.50", ITEM="10.00", SHIPPING="4.00", GIFT_WRAP="3.00", COD_FEE="2.50")
    whole = {"grandTotal": money("21.50"), "breakdowns": [
        {"type": "DELIVERY_TIP", "subtotal": money("2.00")},
        {"type": "SHIPPING", "subtotal": money("4.00")},
    ]}  # fmt: skip
    read = amazon.read(order(proceeds=whole, orderItems=[item(proceeds=parts)]), AMAZON)
    assert read.shipping == 1150
    assert price_order(read, PRODUCTS, foreign=True).holds == ()


def test_the_orders_own_breakdown_counts_where_items_have_none() -> None:
    whole = {"grandTotal": money("27.00"), "breakdowns": [
        {"type": "SHIPPING", "subtotal": money("4.00")},
        {"type": "DISCOUNT", "subtotal": money("-2.00")},
    ]}  # fmt: skip
    read = amazon.read(order(proceeds=whole, orderItems=[item(proceeds=None)]), AMAZON)
    assert (read.shipping, read.discount) == (400, 200)
    assert price_order(read, PRODUCTS, foreign=True).holds == ()


def test_an_odd_item_total_is_kept_to_the_cent() -> None:
    odd = item(quantityOrdered=3, proceeds=proceeds("10.00", ITEM="10.00"))
    read = amazon.read(order(orderItems=[odd], proceeds={"grandTotal": money("10.00")}), AMAZON)
    assert (read.lines[0].unit_price, read.lines[0].discount) == (334, 2)
    assert price_order(read, PRODUCTS, foreign=True).grand_total == 1000


def test_an_amount_in_another_currency_is_not_mixed_in() -> None:
    mixed = item(proceeds=None)
    mixed["product"]["price"]["unitPrice"] = money("12.50", "USD")
    read = amazon.read(order(orderItems=[mixed]), AMAZON)
    assert (read.currency, read.lines[0].unit_price) == ("EUR", None)


def test_a_change_notification_is_no_order() -> None:
    example = spec_json("amazon/OrderChangeNotification.json")["examples"][0]
    assert amazon.kind(example) == amazon.CHANGE
    assert ignored(example, AMAZON) == "ORDER_CHANGE"
    with pytest.raises(ValidationFailed):
        amazon.read(example, AMAZON)


def test_kinds() -> None:
    assert amazon.kind(ORDER) == amazon.kind({"order": ORDER}) == amazon.ORDER
    assert amazon.kind({"payload": {"OrderChangeNotification": {"SellerId": "x"}}}) == amazon.CHANGE
    nothing: tuple[object, ...] = (None, [], {}, {"orderId": None}, "x")
    assert {amazon.kind(message) for message in nothing} == {amazon.UNKNOWN}
    assert ignored(ORDER, AMAZON) == ""


def test_the_channel_chooses_the_format() -> None:
    assert read_message(ORDER, AMAZON) == amazon.read(ORDER, AMAZON)
    web = Channel("web", "Web", "EUR")
    assert read_message(NATIVE, web).external_id == "WEB-100001"
    for body, channel in (
        (ORDER, SHOPIFY), (ORDER, web), (NATIVE, replace(web, id="b2b")),
        (NATIVE, replace(web, marketplace="unheard-of")),
    ):  # fmt: skip
        with pytest.raises(ValidationFailed):
            read_message(body, channel)


def test_the_sample_batch_has_one_broken_and_one_repeated_message() -> None:
    records = json.loads((EVENTS / "sqs_amazon_batch.json").read_text())["Records"]
    found: list[str] = []
    broken = 0
    for record in records:
        try:
            found.append(read_message(json.loads(record["body"]), AMAZON).external_id)
        except json.JSONDecodeError:
            broken += 1
    assert (len(records), broken, len(found), len(set(found))) == (10, 1, 9, 8)


@given(harmed(ORDER))
def test_no_harm_loses_an_order(body: dict[str, Any]) -> None:
    amazon.kind(body)
    is_kept_or_hopeless(amazon.read, body, AMAZON)
    is_kept_or_hopeless(amazon.read, {"order": body}, AMAZON)
