"""What a shopper may choose before ordering, and that the order keeps it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.actors.people import CAMILLE
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.model.product import Product
from oms.stores.dynamo.table import Table
from oms.stores.orders.store import OrderStore
from tests.system.evidence import refused, wait_for_state

pytestmark = pytest.mark.system
HERE = {"country": CAMILLE.country, "lat": CAMILLE.lat, "lon": CAMILLE.lon}


def options(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {option["id"]: option for option in answer["options"]}


def test_a_shopper_names_the_day_and_the_node_hears_of_it_when_work_begins(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"dc-lille": 5})
    offered = options(shop.availability({sku: 1}, **HERE))["SHIP:named_day"]
    assert offered["promise"]["deliver_by"] == offered["days"][0]
    day = offered["days"][-1]
    chosen = options(shop.availability({sku: 1}, day=day, **HERE))["SHIP:named_day"]
    assert chosen["promise"]["deliver_by"] == day
    placed = shop.send(shop.body({sku: 1}, service="named_day", day=day))
    order = placed["id"]
    assert (placed["promise"]["deliver_by"], placed["holds"]) == (day, ["SCHEDULED"])
    assert placed["promise"]["ship_by"] == chosen["promise"]["ship_by"]
    wait_for_state(world, order, "AwaitRelease")
    assert staff.parts(order) == []

    begin(world, order)
    world.clock.sweep_until(lambda: shop.see(order).parts)
    part = staff.wait_for_part(order)
    assert shop.see(order).parts[0]["promise"]["deliver_by"] == day
    staff.finish(part)
    shop.wait_for(order, "SHIPPED")


def begin(world: World, order: str) -> None:
    """As if the day had come: the hold ends now."""
    client = world.stack.client("dynamodb")
    store = OrderStore(Table(client, world.stack.physical("OrdersTable")))
    until = store.get(order).state.holds[0].until
    assert until > datetime.now(UTC).timestamp()
    client.update_item(
        TableName=store.table.name,
        Key={"pk": {"S": f"O#{order}"}, "sk": {"S": "STATE"}},
        UpdateExpression="SET holds[0].#until = :now, due = :now",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":now": {"N": "1"}},
    )


def test_a_day_on_which_nobody_delivers_is_refused_by_its_field(
    world: World, shop: Storefront
) -> None:
    sku, day = world.new_sku({"dc-lille": 5}), datetime.now(UTC).date() + timedelta(days=7)
    sunday = (day + timedelta(days=6 - day.weekday())).isoformat()
    found = options(shop.availability({sku: 1}, day=sunday, **HERE))["SHIP:named_day"]
    assert (found["available"], found["missing"]) == (False, {})
    assert sunday not in found["days"]
    body = shop.body({sku: 1}, service="named_day", day=sunday)
    problem = refused(lambda: shop.send(body), 422, "ValidationFailed")
    assert problem["errors"][0]["pointer"] == "/delivery/day"


def test_what_is_missing_names_what_could_be_had_instead(world: World, shop: Storefront) -> None:
    instead, sku = world.new_sku({"dc-lille": 2}), world.new_id("SKU")
    nowhere = world.new_sku()
    world.loader.product(
        Product(sku, sku, 500, price={"EUR": 1000}, substitutes=(nowhere, instead))
    )
    found = options(shop.availability({sku: 2}, **HERE))["SHIP:standard"]
    assert (found["available"], found["missing"]) == (False, {sku: 2})
    (only,) = found["substitutes"][sku]
    assert only["sku"] == instead
    assert only["promise"]["deliver_by"]


def test_a_position_alone_finds_the_stores_with_their_earliest_slot(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({"dc-lille": 5, "store-paris": 5})
    query = {"channel": "web", "sku": sku, "lat": CAMILLE.lat, "lon": CAMILLE.lon}
    (store,) = shop.api.get("/availability", **query)["options"]
    assert store["id"] == "PICKUP:store-paris"
    assert store["promise"]["ready_by"] > store["order_before"] >= ""
    problem = refused(
        lambda: shop.api.get("/availability", channel="web", sku=sku), 422, "ValidationFailed"
    )
    assert problem["errors"][0]["pointer"] == "/node"


def test_a_pre_order_waits_for_its_release(world: World, shop: Storefront) -> None:
    sku = world.new_sku({"dc-lille": 5})
    release = (datetime.now(UTC).date() + timedelta(days=20)).isoformat()
    world.loader.product(Product(sku, sku, 500, price={"EUR": 1999}, release_at=release))
    placed = shop.send(shop.body({sku: 1}))
    assert placed["promise"]["ship_by"] >= release
    assert placed["holds"] == ["SCHEDULED"]
    wait_for_state(world, placed["id"], "AwaitRelease")


def test_a_promise_that_was_shown_can_be_held_and_becomes_the_order(
    world: World, shop: Storefront
) -> None:
    sku, key = world.new_sku({"dc-lille": 2}), world.new_id("CART")
    wish = {"key": key, "option": "SHIP:standard", "ttl_s": 600}
    shown = shop.availability({sku: 2}, hold=wish, **HERE)
    held = shown["reservation"]
    assert held["holds"] == [{"sku": sku, "node": "dc-lille", "quantity": 2}]
    assert shop.availability({sku: 2}, hold=wish, **HERE)["reservation"]["id"] == held["id"]
    others = shop.body({sku: 1})
    refused(lambda: shop.send(others), 409, "OutOfStock")
    placed = shop.send(shop.body({sku: 2}) | {"reservation": held["id"]})
    for name in ("ship_by", "deliver_by"):
        assert placed["promise"][name] == held["promise"][name]
    gone = {"key": world.new_id("CART"), "option": "SHIP:standard"}
    problem = refused(lambda: shop.availability({sku: 2}, hold=gone, **HERE), 409, "OutOfStock")
    assert problem["missing"] == {sku: 2}


def test_what_a_store_lacks_is_offered_to_be_carried_there_and_promised_as_quoted(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"dc-lille": 5})
    found = options(shop.availability({sku: 1}, channel="to-store", **HERE))
    express, carried = found["PICKUP:store-paris"], found["SHIP_TO_STORE:store-paris"]
    assert (express["available"], express["missing"]) == (False, {sku: 1})
    assert carried["id"] in express["alternatives"]
    assert (carried["available"], carried["price"]) == (True, 0)
    body = shop.body(
        {sku: 1}, channel="to-store", collect_at="store-paris", service="ship_to_store"
    )
    placed = shop.send(body)
    for name in ("ship_by", "ready_by"):
        assert placed["promise"][name] == carried["promise"][name]
    assert staff.wait_for_part(placed["id"])["node"] == "dc-lille"
