"""A label bought over the API carries the whole address and order number, or nothing is bought."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from . import web
from .channels import case, order_of, webhook
from .story import PART, STAFF, STOREFRONT, Story
from .world import World

BODY = case("address_cut_on_label")
STREET = BODY["ship_to"]["line1"]
NODE = "dc-lille"
CREATED, _ = case("shopify_cancelled_after_create")


@pytest.fixture
def world() -> World:
    built = World()
    Story(built).stocked(NODE, SKU_001=2)
    return built


def packed(world: World, body: dict[str, Any]) -> Story:
    story = Story(world)
    story.order_id = web.ok(world, "POST /orders", body, scope=STOREFRONT)["id"]
    world.settle()
    story.does(1, "accept", "pick", "pack")
    return story


def labels(world: World) -> dict[str, bytes]:
    found = {key: body for (_, key), body in world.bucket.objects.items() if "labels/" in key}
    return {key.rsplit(".")[-1]: body for key, body in found.items()}


@pytest.mark.parametrize("number", [BODY["external_id"], "16E78-7649d8x", "404-7112435-9021867"])
def test_street_country_and_order_number_are_read_back_whole(world: World, number: str) -> None:
    packed(world, BODY | {"external_id": number}).does(1, "label")
    made = labels(world)
    page = pypdfium2.PdfDocument(made["pdf"])[0].get_textpage().get_text_bounded()
    for text in (page, made["zpl"].decode()):
        for said in (STREET, number, "SPAIN", "1/1"):
            assert said in text


@pytest.mark.parametrize(
    ("to", "fields"),
    [
        ({"line1": "東京都港区芝公園"}, ["/recipient"]),
        (dict.fromkeys(("name", "line1", "line2", "city", "region"), "W" * 200), ["/recipient"]),
    ],
)
def test_what_no_label_carries_is_refused_before_anything_is_bought(
    world: World, to: dict[str, str], fields: list[str]
) -> None:
    story = packed(world, BODY | {"ship_to": BODY["ship_to"] | to})
    before = story.order.parts[0]
    asked = {"version": before.version}
    where = {"order_id": story.order_id, "part": 1, "scope": STAFF, "nodes": NODE}
    status, problem = web.call(world, f"{PART}/label", asked, **where)
    assert (status, [each["pointer"] for each in problem["errors"]]) == (422, fields)
    assert labels(world) == {}
    assert not [key for key in world.bucket.objects if "label" in str(key)]
    assert story.order.parts[0] == before


def test_an_address_without_a_street_gets_no_label(world: World) -> None:
    """A shop's order that was held for its address, and let go by a person nevertheless."""
    to = CREATED["shipping_address"] | {"address1": ""}
    webhook(world, "orders/create", CREATED | {"shipping_address": to})
    story = Story(world)
    story.order_id = order_of(world, "shopify", CREATED["id"]).id
    release = "POST /orders/{order_id}/holds/release"
    web.ok(world, release, {"kind": "ADDRESS"}, scope="oms/service", order_id=story.order_id)
    world.settle()
    story.does(1, "accept", "pick", "pack")
    asked = {"version": story.order.parts[0].version}
    where = {"order_id": story.order_id, "part": 1, "scope": STAFF, "nodes": NODE}
    status, problem = web.call(world, f"{PART}/label", asked, **where)
    assert (status, [each["pointer"] for each in problem["errors"]]) == (422, ["/ship_to/line1"])
    assert labels(world) == {}
