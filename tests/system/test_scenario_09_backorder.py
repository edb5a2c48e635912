"""Scenario 9: no stock anywhere: it waits with a promise where supply is known, and goes on by
itself when stock arrives, the more urgent channel first.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.actors import marketplace as amazon
from local.actors.api import Problem
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.model.product import Product
from tests.system.evidence import (
    Told,
    refused,
    shelf,
    wait_for_shelf,
    wait_for_state,
    wait_until_told,
)

pytestmark = pytest.mark.system
NODE = "dc-leipzig"


def day(ahead: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=ahead)).isoformat()


def announce(world: World, sku: str, quantity: int, eta: str) -> str:
    """Supply on its way; its id."""
    id = world.new_id("PO")
    body = {"id": id, "sku": sku, "node": NODE, "quantity": quantity, "eta": eta}
    world.crew(NODE).api.post("/stock/supplies", body)
    return id


def test_known_supply_gives_a_backorder_its_promise(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku, eta = world.new_sku(), day(9)
    supply = announce(world, sku, 5, eta)
    placed = shop.send(shop.body({sku: 2}, channel="patient"))
    order, promise = placed["id"], placed["promise"]
    assert placed["lines"][0]["backordered"] == 2
    assert promise["confidence"] == "LOW"
    assert promise["ship_by"] >= eta, promise
    assert promise["deliver_by"] > promise["ship_by"], promise
    went = wait_for_state(world, order, "AwaitStock")
    assert went == ["Authorise", "Allocate", "ByAllocation", "AwaitStock"]
    seen = shop.see(order)
    assert (seen.customer_status, seen.money["captured"]) == ("SUPPORT_WAITING", 0)
    assert seen.raw["lines"][0]["quantities"]["backordered"] == 2
    assert wait_until_told(world, order, "BACKORDERED")[Told("BACKORDERED", 0)] == 1

    receipt = {"id": world.new_id("R"), "sku": sku, "node": NODE, "quantity": 5, "cause": supply}
    world.crew(NODE).api.post("/stock/receipts", receipt)
    part = staff.wait_for_part(order)
    assert shelf(world, sku, NODE).allocated == 2
    staff.finish(part)
    shop.wait_for(order, "SHIPPED")


def test_without_known_supply_there_is_no_promise_and_the_web_shop_refuses(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku()
    body = shop.body({sku: 1})
    problem = refused(lambda: shop.send(body), 409, "OutOfStock")
    assert problem["missing"] == {sku: 1}
    assert problem["alternatives"] == {"available_now": {sku: 0}, "backorder_deliver_by": None}
    announce(world, sku, 1, day(5))
    problem = refused(lambda: shop.send(body), 409, "OutOfStock")
    assert problem["alternatives"]["backorder_deliver_by"] > day(5), problem
    unknown = shop.send(shop.body({world.new_sku(): 1}, channel="patient"))
    assert unknown["promise"] is None


def test_stock_that_arrives_goes_to_the_urgent_channel_first(
    world: World, shop: Storefront, staff: Staff
) -> None:
    """Amazon's orders come before those of the patient web shop, which came earlier."""
    sku = world.new_sku()
    patient = shop.place({sku: 2}, channel="patient")
    wait_for_state(world, patient, "AwaitStock")
    [urgent] = world.marketplace.send(amazon.order(world.new_id("URGENT"), {sku: 2}))
    wait_for_state(world, urgent, "AwaitStock")

    world.add_stock(sku, NODE, 2)
    assert staff.wait_for_part(urgent)["node"] == NODE
    assert shop.see(patient).parts == []
    wait_for_state(world, patient, "AwaitStock")
    world.add_stock(sku, NODE, 2)
    assert staff.wait_for_part(patient)["node"] == NODE
    wait_for_shelf(world, sku, NODE, on_hand=4, allocated=4, available=0)


def test_stock_is_handed_out_by_priority_then_promise_then_order_date(
    world: World, shop: Storefront, staff: Staff
) -> None:
    """Each unit that arrives goes to the next; nobody does anything but receive."""
    sku, now = world.new_sku(), datetime.now(UTC)
    patient = shop.place({sku: 1}, channel="patient")

    def sold(*, ago: int, deliver_in: int) -> str:
        sent = amazon.order(world.new_id("LINE"), {sku: 1})
        sent["createdTime"] = amazon.instant(now - timedelta(days=ago))
        by = {"latestDateTime": amazon.instant(now + timedelta(days=deliver_in))}
        sent["fulfillment"]["deliverByWindow"] = by
        [order] = world.marketplace.send(sent)
        return order

    young, old = sold(ago=0, deliver_in=9), sold(ago=2, deliver_in=9)
    soon = sold(ago=0, deliver_in=4)
    for order in (patient, young, old, soon):
        wait_for_state(world, order, "AwaitStock")
    served = []
    for expected in (soon, old, young, patient):
        world.add_stock(sku, NODE, 1)
        assert staff.wait_for_part(expected)["node"] == NODE
        served.append(expected)
        waiting = {patient, young, old, soon} - set(served)
        assert [staff.parts(order) for order in waiting] == [[]] * len(waiting)


def test_part_of_an_order_may_wait_and_one_delivery_may_serve_it_in_pieces(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({NODE: 1})
    order = shop.place({sku: 3}, channel="patient")
    first = staff.wait_for_part(order)
    staff.finish(first)
    for known in (first["part"], first["part"] + 1):
        wait_for_state(world, order, "AwaitStock")
        world.add_stock(sku, NODE, 1)
        staff.finish(staff.wait_for_part(order, after=known))
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    assert seen.money["charged"] == "FULL"
    assert seen.part_numbers == [1, 2, 3]


def test_a_waiting_order_that_is_cancelled_takes_no_stock(
    world: World, shop: Storefront, service: Service
) -> None:
    sku = world.new_sku()
    order = shop.place({sku: 2}, channel="patient")
    wait_for_state(world, order, "AwaitStock")
    assert service.cancel(order)["outcome"] == "CANCELLED"
    service.wait(order, lambda seen: seen.status == "CANCELLED", waiting_for="CANCELLED")
    world.add_stock(sku, NODE, 2)
    other = shop.place({sku: 2})
    assert shop.see(order).parts == []
    wait_for_state(world, other, "Fulfil")


def test_a_cap_on_what_is_sold_beyond_stock_holds_however_many_ask_at_once(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_id("SKU")
    world.loader.product(Product(sku, sku, 500, price={"EUR": 1000}, backorder_limit=5))
    bodies = [shop.body({sku: 1}, channel="patient") for _ in range(16)]

    def send(body: dict[str, Any]) -> str:
        try:
            return str(shop.send(body)["id"])
        except Problem as problem:
            if problem.type != "OutOfStock":
                raise
            return ""

    with ThreadPoolExecutor(8) as pool:
        placed = [order for order in pool.map(send, bodies) if order]
    assert len(placed) == 5
    assert [order for order in map(send, bodies) if order] == placed, "said again, the same"
    for order in placed:
        wait_for_state(world, order, "AwaitStock")
    world.add_stock(sku, NODE, 2)
    eventually(
        lambda: send(shop.body({sku: 1}, channel="patient")),
        waiting_for="room below the cap once units were served",
    )
