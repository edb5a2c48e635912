"""Shopify orders: the signature, what is read from the payload, and that none is lost."""

from __future__ import annotations

import base64
import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from oms.domain.errors import Unauthenticated, ValidationFailed
from oms.domain.model.payment import PaymentMeans
from oms.domain.orders.pricing import price_order
from oms.gateways.channels import shopify
from tests.fakes.specs import spec_json
from tests.gateways.foreign import PRODUCTS, SHOPIFY, codes, harmed, is_kept_or_hopeless

EVENTS = Path(__file__).parents[2] / "events" / "ingest_order"
ORDER = json.loads((EVENTS / "bodies" / "shopify_order.json").read_text())
SECRET = "local-shopify-secret"


def order(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(ORDER), **changes}


def line(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(ORDER["line_items"][0]), **changes}


def test_the_published_vector_is_verified() -> None:
    vector = spec_json("shopify/hmac_vector.json")
    body = vector["body_bytes"].encode()
    shopify.verify(vector["secret"], {vector["header"].upper(): vector["valid_signature"]}, body)
    for wrong in (vector["invalid_base64"], vector["short_hmac"], "", "é"):
        with pytest.raises(Unauthenticated):
            shopify.verify(vector["secret"], {vector["header"]: wrong}, body)
    with pytest.raises(Unauthenticated):
        shopify.verify(vector["secret"], {vector["header"]: vector["valid_signature"]}, body + b" ")


def test_nobody_signs_with_an_empty_secret() -> None:
    with pytest.raises(Unauthenticated):
        shopify.verify("", {}, b"")


@pytest.mark.parametrize("name", ["http_shopify_webhook", "http_shopify_webhook_base64"])
def test_the_sample_events_are_signed_and_carry_the_order(name: str) -> None:
    event = json.loads((EVENTS / f"{name}.json").read_text())
    raw = event["body"].encode()
    body = base64.b64decode(raw) if event["isBase64Encoded"] else raw
    shopify.verify(SECRET, event["headers"], body)
    assert json.loads(body) == ORDER


def test_the_sample_order_is_read_without_doubts() -> None:
    read = shopify.read(ORDER, SHOPIFY)
    assert (read.channel, read.external_id, read.currency) == ("shopify", "5500000000001", "EUR")
    assert [(one.sku, one.quantity, one.unit_price, one.discount) for one in read.lines] == [
        ("SKU-004", 2, 2495, 499), ("SKU-010", 1, 4000, 400)
    ]  # fmt: skip
    assert read.lines[0].tax_included
    assert (read.shipping, read.discount, read.declared_total) == (490, 0, 8581)
    assert read.means == PaymentMeans("external", "external")
    assert (read.customer.id, read.customer.locale) == ("shopify:6600000000001", "de")
    assert read.ship_to is not None
    assert (read.ship_to.country, read.ship_to.lat) == ("DE", "52.532000")
    assert read.placed_at == 1772442930
    assert price_order(read, PRODUCTS, foreign=True).holds == ()


def test_the_published_order_is_kept_with_its_doubts() -> None:
    read = shopify.read(spec_json("shopify/order.json"), SHOPIFY)
    assert read.external_id == "123456"
    assert [one.sku for one in read.lines] == ["shopify:254721536", "shopify:5"]
    assert codes(read) == {
        ("MANUAL", "NO_SKU"), ("PAYMENT", "FINANCIAL_STATUS"), ("MANUAL", "TEST_ORDER"),
        ("MANUAL", "CANCELLED_BY_CHANNEL"),
    }  # fmt: skip
    priced = price_order(read, {}, foreign=True)
    assert priced.grand_total == read.declared_total == 1000
    assert priced.lines[1].discount == 500


HOLDS: list[tuple[dict[str, Any], str, str]] = [
    ({"financial_status": "pending"}, "PAYMENT", "FINANCIAL_STATUS"),
    ({"financial_status": None}, "PAYMENT", "FINANCIAL_STATUS"),
    ({"test": True}, "MANUAL", "TEST_ORDER"),
    ({"cancelled_at": "2026-03-02T10:20:00Z"}, "MANUAL", "CANCELLED_BY_CHANNEL"),
    ({"fulfillment_status": "partial"}, "MANUAL", "ALREADY_SHIPPED"),
    ({"shipping_address": None}, "ADDRESS", "INCOMPLETE_ADDRESS"),
    ({"shipping_address": {**ORDER["shipping_address"], "country_code": None}}, "ADDRESS",
     "INCOMPLETE_ADDRESS"),
    ({"currency": "???"}, "MANUAL", "UNKNOWN_CURRENCY"),
    ({"line_items": [line(sku=None)]}, "MANUAL", "NO_SKU"),
    ({"line_items": [line(sku="x" * 65)]}, "MANUAL", "NO_SKU"),
    ({"line_items": [line(), line(quantity="many")]}, "MANUAL", "UNREADABLE_LINE"),
    ({"line_items": [line(), None]}, "MANUAL", "UNREADABLE_LINE"),
    ({"line_items": [line(current_quantity=1)]}, "MANUAL", "EDITED_AT_CHANNEL"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "code"), HOLDS)
def test_a_doubt_is_a_hold(changes: dict[str, Any], kind: str, code: str) -> None:
    assert (kind, code) in codes(shopify.read(order(**changes), SHOPIFY))


def test_what_is_not_shipped_has_to_be_digital_in_our_catalogue() -> None:
    card = line(requires_shipping=False)
    read = shopify.read(order(line_items=[card], shipping_address=None), SHOPIFY)
    assert not {kind for kind, _ in codes(read)} & {"ADDRESS"}, "nothing is sent anywhere"
    held = price_order(read, PRODUCTS, foreign=True).holds
    assert any(hold.reason == f"DIGITAL_LINE: {card['sku']}" for hold in held)
    digital = {card["sku"]: replace(PRODUCTS[card["sku"]], digital="GIFT_CARD")}
    assert not any(
        "DIGITAL" in hold.reason for hold in price_order(read, digital, foreign=True).holds
    )


@pytest.mark.parametrize(
    "says",
    [
        {"gift_card": True},
        {"sku": None, "requires_shipping": False},
        {"sku": "INSURANCE"},
    ],
)
def test_what_nobody_ships_is_a_service(says: dict[str, Any]) -> None:
    insured = replace(SHOPIFY, settings={"services": ["INSURANCE"]})
    read = shopify.read(order(line_items=[line(**says)], shipping_address=None), insured)
    priced = price_order(read, PRODUCTS, foreign=True)
    assert [one.digital for one in priced.lines] == ["SERVICE"]
    assert not {code for _, code in codes(read)} & {"NO_SKU", "INCOMPLETE_ADDRESS"}
    assert not any("UNKNOWN_SKU" in hold.reason for hold in priced.holds)


def test_a_line_without_sku_is_looked_for_in_the_channels_variants() -> None:
    mapped = replace(SHOPIFY, settings={"variants": {"808950810": "SKU-002"}})
    read = shopify.read(order(line_items=[line(sku=None, variant_id=808950810)]), mapped)
    assert [one.sku for one in read.lines] == ["SKU-002"]
    assert ("MANUAL", "NO_SKU") not in codes(read)


def test_totals_that_do_not_add_up_are_told() -> None:
    priced = price_order(shopify.read(order(total_price="80.00"), SHOPIFY), PRODUCTS, foreign=True)
    assert [(hold.kind, hold.reason) for hold in priced.holds] == [
        ("EXTERNAL", "TOTALS_MISMATCH: declared 80.00 EUR, computed 85.81 EUR")
    ]


def test_a_discount_without_allocations_is_the_orders() -> None:
    lines = [{**one, "discount_allocations": []} for one in ORDER["line_items"]]
    read = shopify.read(order(line_items=lines), SHOPIFY)
    assert ([one.discount for one in read.lines], read.discount) == ([0, 0], 899)
    assert price_order(read, PRODUCTS, foreign=True).holds == ()


def test_taxes_on_top_tips_and_duties_are_part_of_what_is_paid() -> None:
    paid = order(
        taxes_included=False,
        line_items=[line(price="10.00", discount_allocations=[], tax_lines=[{"price": "4.00"}])],
        shipping_lines=[{"title": "Express", "price": "5.00", "tax_lines": [{"price": "1.00"}]}],
        total_discounts="0.00",
        total_tip_received="2.00",
        original_total_duties_set={"shop_money": {"amount": "3.00"}},
        total_price="35.00",
    )
    read = shopify.read(paid, SHOPIFY)
    assert (read.lines[0].tax, read.lines[0].tax_included, read.shipping) == (400, False, 1100)
    assert price_order(read, PRODUCTS, foreign=True).holds == ()
    assert read.service == "express"


def test_free_shipping_is_free() -> None:
    free = {"title": "Standard", "price": "4.90", "discount_allocations": [{"amount": "4.90"}]}
    off = order(shipping_lines=[free], total_discounts="13.89", total_price="80.91")
    assert price_order(shopify.read(off, SHOPIFY), PRODUCTS, foreign=True).holds == ()
    older = {"title": "Standard", "price": "4.90", "discounted_price": "0.00"}
    assert shopify.read(order(shipping_lines=[older]), SHOPIFY).shipping == 0


PICKUPS = [
    ({"title": "Example Paris", "code": "Example Paris"}, None, "PICKUP", "store-paris"),
    ({"title": "Local pickup", "code": "Pickup"}, 655441491, "PICKUP", "store-lyon"),
    ({"title": "x", "delivery_category": "pick_up"}, None, "PICKUP", ""),
    ({"title": "Pickup point", "code": "carrier-points"}, None, "SHIP", ""),
    ({"title": None, "code": {"new": 1}}, None, "SHIP", ""),
]


@pytest.mark.parametrize(("shipping", "location", "method", "node"), PICKUPS)
def test_local_pickup_is_told_by_its_words_or_its_place(
    shipping: dict[str, Any], location: int | None, method: str, node: str
) -> None:
    body = order(shipping_lines=[shipping], location_id=location, shipping_address=None)
    read = shopify.read(body, SHOPIFY)
    assert (read.method, read.node) == (method, node)
    assert (("MANUAL", "UNKNOWN_PICKUP_NODE") in codes(read)) is (method == "PICKUP" and not node)
    assert (("ADDRESS", "INCOMPLETE_ADDRESS") in codes(read)) is (method == "SHIP")


def test_yen_have_no_decimals() -> None:
    read = shopify.read(order(currency="JPY", line_items=[line(price="1200")]), SHOPIFY)
    assert read.lines[0].unit_price == 1200


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": None}, "/id"),
        ({"id": True}, "/id"),
        ({"id": "x" * 129}, "/id"),
        ({"line_items": []}, "/line_items"),
        ({"line_items": [line(quantity=0)]}, "/line_items"),
    ],
)
def test_only_the_hopeless_is_refused(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        shopify.read(order(**changes), SHOPIFY)
    assert list(refused.value.fields) == [named]


@given(harmed(ORDER))
def test_no_harm_loses_an_order(body: dict[str, Any]) -> None:
    is_kept_or_hopeless(shopify.read, body, SHOPIFY)
    is_kept_or_hopeless(shopify.read, {"order": body}, SHOPIFY)
