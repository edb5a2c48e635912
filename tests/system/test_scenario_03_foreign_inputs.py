"""Scenario 3: orders as Shopify and Amazon send them, read tolerantly: none is lost, and what
does not add up is held.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from local.actors import marketplace as amazon
from local.actors import shopify
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.ids import order_id
from oms.domain.model.product import Product
from tests.fakes.specs import spec_json
from tests.system.evidence import Shelf, dead_letters, refused, shelf, states, wait_for_state

pytestmark = pytest.mark.system
NODE = "dc-leipzig"
SHOPIFY_SAMPLE = "shopify/order.json"
AMAZON_SAMPLES = "amazon/orders_2026-01-01_sandbox_cases.json"
CHANGED = "amazon/OrderChangeNotification.json"


def ship_and_deliver(world: World, order: str) -> None:
    [part] = world.staff.work_through(order)
    world.carrier.deliver(part)
    world.shop.wait_for(order, "DELIVERED")


def holds(service: Service, order: str) -> set[str]:
    """Kind and code of each hold."""
    seen = service.wait(order, bool, waiting_for="it to come in")
    return {f"{hold['kind']} {hold['reason'].partition(':')[0]}" for hold in seen.raw["holds"]}


# --- Shopify ----------------------------------------------------------------------------------


def test_a_signed_shopify_webhook_becomes_an_order_and_is_delivered(
    world: World, service: Service
) -> None:
    sku, id = world.new_sku({NODE: 3}), world.new_id("SHOP")
    order = world.shopify.sell(id, {sku: 2})
    assert order == order_id("shopify", id)
    ship_and_deliver(world, order)
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    assert (seen.holds, seen.money["charged"]) == ([], "FULL")


def test_a_wrong_signature_gets_401_and_leaves_no_trace(world: World, shop: Storefront) -> None:
    sku, id = world.new_sku({NODE: 3}), world.new_id("FORGED")
    body = shopify.order(id, {sku: 2})
    for secret in ("what an impostor has", ""):
        refused(lambda s=secret: world.shopify.send(body, secret=s), 401, "Unauthenticated")
    order = order_id("shopify", id)
    refused(lambda: shop.see(order), 404, "NotFound")
    assert states(world, order) == []
    assert shelf(world, sku, NODE) == Shelf(3, available=3)


def test_shopifys_published_order_is_kept_with_every_doubt_about_it(
    world: World, service: Service
) -> None:
    """It is a cancelled test order without SKUs, its payment void."""
    order = str(world.shopify.send(spec_json(SHOPIFY_SAMPLE))["id"])
    assert holds(service, order) >= {
        "MANUAL CANCELLED_BY_CHANNEL",
        "MANUAL TEST_ORDER",
        "MANUAL NO_SKU",
        "PAYMENT FINANCIAL_STATUS",
    }
    service.wait(order, lambda seen: seen.status == "CANCELLED", waiting_for="its end")
    assert service.see(order).parts == []


def test_shopifys_published_order_is_delivered_once_it_is_paid_and_has_skus(
    world: World, service: Service
) -> None:
    sample = spec_json(SHOPIFY_SAMPLE)
    sample = sample.get("order", sample)
    skus = [world.new_sku({NODE: 3}) for _ in sample["line_items"]]
    lines = [line | {"sku": sku} for line, sku in zip(sample["line_items"], skus, strict=True)]
    live = {"id": world.new_id("9"), "test": False, "cancelled_at": None, "line_items": lines}
    paid = sample | live | {"financial_status": "paid"}
    order = str(world.shopify.send(paid)["id"])
    assert holds(service, order) == set()
    ship_and_deliver(world, order)


# --- Amazon -----------------------------------------------------------------------------------


def test_an_amazon_order_on_the_queue_is_delivered_and_keeps_amazons_promise(
    world: World, service: Service
) -> None:
    sku, id = world.new_sku({NODE: 3}), world.new_id("AMZ")
    body = amazon.order(id, {sku: 2})
    [order] = world.marketplace.send(body)
    seen = service.wait(order, bool, waiting_for="it to come in")
    window = body["fulfillment"]["deliverByWindow"]["latestDateTime"]
    assert abs(ordinal(seen.raw["promise"]["deliver_by"]) - ordinal(window[:10])) <= 1, "time zone"
    ship_and_deliver(world, order)


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def published() -> Iterator[dict[str, Any]]:
    for case in spec_json(AMAZON_SAMPLES):
        yield from case["response"]["orders"]


def test_amazons_published_orders_become_orders_and_what_is_to_be_shipped_ships(
    world: World, service: Service
) -> None:
    """Three: one that Amazon ships itself, one that left before, one that waits for us."""
    samples = list(published())
    for item in (item for sample in samples for item in sample["orderItems"]):
        sku = item["product"]["sellerSku"]
        world.loader.product(Product(sku, sku, 700))
        world.loader.receive(sku, NODE, 5)
    orders = world.marketplace.send(*samples)
    expected = {
        "SHIPPED AMAZON": {"EXTERNAL FULFILLED_BY_CHANNEL", "MANUAL ALREADY_SHIPPED"},
        "SHIPPED MERCHANT": {"MANUAL ALREADY_SHIPPED"},
        "UNSHIPPED MERCHANT": set(),
    }
    for order, sample in zip(orders, samples, strict=True):
        by = sample["fulfillment"]
        assert (
            holds(service, order) == expected[f"{by['fulfillmentStatus']} {by['fulfilledBy']}"]
        ), sample["orderId"]
        totals = service.see(order).raw["totals"]
        assert totals["currency"] == sample["proceeds"]["grandTotal"]["currencyCode"]
    [ours] = [o for o, s in zip(orders, samples, strict=True) if not expected_hold(s)]
    ship_and_deliver(world, ours)
    sku = samples[0]["orderItems"][0]["product"]["sellerSku"]
    assert shelf(world, sku, NODE) == Shelf(5, available=5), "no stock for what Amazon ships"


def expected_hold(sample: dict[str, Any]) -> bool:
    return bool(sample["fulfillment"]["fulfillmentStatus"] != "UNSHIPPED")


def test_amazons_published_change_notification_is_no_order_and_no_trouble(world: World) -> None:
    [example] = spec_json(CHANGED)["examples"]
    sku, id = world.new_sku({NODE: 1}), world.new_id("AFTER")
    told = example | {"orderId": world.new_id("CHANGE")}
    no_order, order = world.marketplace.send(told, amazon.order(id, {sku: 1}))
    world.shop.wait(order, bool, waiting_for="the order sent beside the notification")
    refused(lambda: world.shop.see(no_order), 404, "NotFound")
    letters = [letter["Body"] for letter in dead_letters(world, "MarketplaceDeadLetters")]
    assert not [body for body in letters if told["orderId"] in body]


# --- tolerance --------------------------------------------------------------------------------


def strange(body: dict[str, Any]) -> dict[str, Any]:
    """With fields nobody knows and nulls where they may be."""
    return body | {"surprise": {"of": ["next", "year"]}, "note": None, "tags": None}


def test_unknown_fields_and_nulls_do_not_even_hold_an_order(world: World, service: Service) -> None:
    sku = world.new_sku({NODE: 9})
    web = strange(shopify.order(world.new_id("ODD"), {sku: 1}))
    web |= {"customer": None, "billing_address": None, "taxes_included": True}
    market = strange(amazon.order(world.new_id("ODD"), {sku: 1}))
    market |= {"buyer": None, "packages": None, "programs": ["SOMETHING_NEW"]}
    orders = [str(world.shopify.send(web)["id"]), *world.marketplace.send(market)]
    for order in orders:
        assert holds(service, order) == set(), order
        wait_for_state(world, order, "Fulfil")


@pytest.mark.parametrize("channel", ["shopify", "amazon"])
def test_an_unknown_word_where_it_matters_holds_the_order_until_somebody_looked(
    world: World, service: Service, staff: Staff, channel: str
) -> None:
    sku, id = world.new_sku({NODE: 9}), world.new_id("WORD")
    if channel == "shopify":
        body = shopify.order(id, {sku: 1}) | {"financial_status": "sent_by_pigeon"}
        world.shopify.send(body)
    else:
        body = amazon.order(id, {sku: 1})
        body["fulfillment"]["fulfillmentStatus"] = "ON_A_PIGEON"
        world.marketplace.send(body)
    order = order_id(channel, id)
    [held] = holds(service, order)
    assert held in ("PAYMENT FINANCIAL_STATUS", "MANUAL UNKNOWN_STATUS")
    wait_for_state(world, order, "AwaitRelease")
    service.api.post(f"/orders/{order}/holds/release", {"kind": held.split()[0]})
    assert staff.wait_for_part(order)["node"] == NODE


def test_totals_that_do_not_add_up_hold_the_order_and_say_both_numbers(
    world: World, service: Service, staff: Staff
) -> None:
    sku, id = world.new_sku({NODE: 9}), world.new_id("SUM")
    body = shopify.order(id, {sku: 1})
    right = body["total_price"]
    order = str(world.shopify.send(body | {"total_price": "1.23"})["id"])
    wait_for_state(world, order, "AwaitRelease")
    [hold] = service.see(order).raw["holds"]
    assert (hold["kind"], sorted(hold["blocks"])) == ("EXTERNAL", ["CAPTURE", "ROUTE"])
    assert "1.23" in hold["reason"], hold
    assert right in hold["reason"], hold
    assert shelf(world, sku, NODE).allocated == 1, "held orders keep their stock"
    service.api.post(f"/orders/{order}/holds/release", {"kind": "EXTERNAL"})
    ship_and_deliver(world, order)
