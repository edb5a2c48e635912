"""Orders of channels with more, or with other lines, than our own shops would sell."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model.product import Product

from . import web
from .channels import case, order_of, webhook
from .story import STAFF, Story
from .world import World

ENGRAVED = case("shopify_line_without_sku")
MANY = case("shopify_1000_units")


@pytest.fixture
def world() -> World:
    return World()


def test_a_line_that_nobody_ships_is_delivered_with_the_order(world: World) -> None:
    story = Story(world)
    story.stocked("dc-lille", SKU_001=1)
    webhook(world, "orders/create", ENGRAVED)
    order = order_of(world, "shopify", ENGRAVED["id"])
    assert order.state.holds == ()
    assert [line.digital for line in order.snapshot.lines] == ["SERVICE", ""]
    story.order_id = order.id
    goods, service = order.parts
    assert (goods.node, service.status) == ("dc-lille", "ASSIGNED")
    story.does(goods.number, "accept", "pick", "pack", "label")
    assert story.order.parts[1].status == "ASSIGNED", "not before the goods"
    story.does(goods.number, "ship")
    order = story.order
    assert order.parts[1].status == "DELIVERED"
    assert order.state.status == "COMPLETED"
    [payment] = order.payments
    assert sum(each.amount for each in payment.captures.values()) == 2989
    assert not any("DIGITAL_DELIVERED" in str(row["sk"]) for row in order.messages)
    assert world.died == []


def test_an_order_of_services_alone_needs_no_address_and_is_delivered_at_once(world: World) -> None:
    body = {**ENGRAVED, "line_items": ENGRAVED["line_items"][:1], "total_price": "9.90"}
    webhook(world, "orders/create", {**body, "shipping_address": None})
    order = order_of(world, "shopify", ENGRAVED["id"])
    assert [part.status for part in order.parts] == ["DELIVERED"]
    assert order.state.status == "COMPLETED"


def test_a_thousand_units_are_an_order(world: World) -> None:
    story = Story(world)
    story.stocked("dc-lille", SKU_001=1000)
    assert webhook(world, "orders/create", MANY)[0] == 200
    order = order_of(world, "shopify", MANY["id"])
    assert order.state.holds == ()
    [part] = order.parts
    assert (part.quantity, part.status) == (1000, "ASSIGNED")


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        (101, False),
        pytest.param(500, False, marks=pytest.mark.system),
        pytest.param(501, True, marks=pytest.mark.system),
    ],
)
def test_an_order_of_many_lines_is_never_lost(world: World, lines: int, held: bool) -> None:
    story = Story(world)
    items: list[dict[str, Any]] = []
    for number in range(lines):
        sku = f"WIDE-{number:03}"
        world.config.put(f"PRODUCT#{sku}", Product(sku, sku, 100))
        items.append({"id": number + 1, "sku": sku, "quantity": 2, "price": "1.00"})
    story.stocked("dc-lille", **{f"WIDE_{number:03}": 2 for number in range(lines)})
    total = f"{2 * lines + 4.9:.2f}"
    body = {**MANY, "line_items": items, "total_price": total}
    assert webhook(world, "orders/create", body)[0] == 200
    order = order_of(world, "shopify", MANY["id"])
    codes = [hold.reason.partition(":")[0] for hold in order.state.holds]
    assert codes == (["BEYOND_LIMITS", "UNKNOWN_SKU"] if held else [])
    assert order.snapshot.grand_total == 200 * lines + 490
    assert [part.quantity for part in order.parts] == ([] if held else [2 * lines])
    assert world.died == []


def test_what_the_customer_said_is_shown_to_who_needs_it(world: World) -> None:
    story = Story(world)
    story.stocked("dc-lille", SKU_001=1)
    [engraved] = ENGRAVED["line_items"][1:]
    properties = [{"name": "Engraving", "value": "For Ada"}, {"name": "_internal", "value": "1"}]
    body = {
        **ENGRAVED,
        "name": "#1042",
        "note": "Please ring twice",
        "line_items": [engraved | {"properties": properties}],
        "total_price": "24.89",
    }
    webhook(world, "orders/create", body)
    order = order_of(world, "shopify", ENGRAVED["id"])
    story.order_id = order.id
    route = "GET /orders/{order_id}/fulfilment-orders/{part}"
    where = {"order_id": order.id, "part": 1, "scope": STAFF, "nodes": "dc-lille"}
    work = web.ok(world, route, **where)
    assert (work["number"], work["note"]) == ("#1042", "Please ring twice")
    assert work["properties"] == {"1": {"Engraving": "For Ada"}}
    shown = web.ok(world, "GET /orders/{order_id}", order_id=order.id, scope="oms/service")
    assert (shown["number"], shown["note"]) == ("#1042", "Please ring twice")
    assert shown["lines"][0]["properties"] == {"Engraving": "For Ada"}
    story.does(1, "accept", "pick", "pack", "label")
    [zpl] = [text for (_, key), text in world.bucket.objects.items() if key.endswith("zpl")]
    assert b"#1042" in zpl
