"""What only a supplier has: a purchase order, shipped by one notice with the supplier's carrier."""

from __future__ import annotations

import pytest

from local.actors.drop_shipper import DropShipper, PurchaseInbox
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.suppliers import QUEUE
from tests.system.evidence import refused, wait_for_end, wait_for_shelf, wait_until_told

pytestmark = pytest.mark.system
MILANO = "drop-milano"


@pytest.fixture
def supplier(world: World, staff: Staff) -> DropShipper:
    return DropShipper(staff.at(MILANO), PurchaseInbox.of(world.stack, QUEUE))


def test_a_purchase_order_goes_from_sent_to_the_customers_door(
    world: World, shop: Storefront, staff: Staff, service: Service, supplier: DropShipper
) -> None:
    sku = world.new_sku({MILANO: 5})
    order = shop.place({sku: 2})
    number = staff.wait_for_part(order)["part"]
    sent = supplier.wait_for(order, number)
    assert sent == supplier.see(order, number), "sent as it may be read"
    assert (sent["supplier"], sent["status"]) == (MILANO, "SENT")
    assert (sent["lines"][0]["sku"], sent["lines"][0]["quantity"]) == (sku, 2)
    assert sent["ship_to"]["line1"]
    late = f"{int(sent['ship_by'][:4]) + 1}{sent['ship_by'][4:8]}01"
    supplier.acknowledge(order, number, ship_by=late)
    assert supplier.acknowledge(order, number, ship_by=late)["status"] == "ACCEPTED"
    known = supplier.see(order, number)
    assert (known["status"], known["expected_ship_by"]) == ("ACKNOWLEDGED", late)
    wait_until_told(world, order, "DELAYED")

    tracking = world.new_id("CORRIERE")
    shipped = supplier.ship(order, number, tracking)
    assert supplier.ship(order, number, tracking) == shipped, "said again"
    refused(lambda: supplier.ship(order, number, "ANOTHER"), 409, "IllegalTransition")
    wait_for_shelf(world, sku, MILANO, on_hand=3, allocated=0, staged=0, available=3)
    service.wait(
        order,
        lambda seen: seen.money["captured"] == seen.raw["totals"]["grand_total"],
        waiting_for="all of it captured",
    )
    seen = shop.wait_for(order, "SHIPPED")
    assert seen.parts[0]["packages"][0]["tracking"] == tracking

    scan = {**world.carrier.event("DELIVERED", tracking), "reference": known["reference"]}
    world.carrier.send([scan])
    shop.wait_for(order, "DELIVERED")
    wait_for_end(world, order)
    told = wait_until_told(world, order, "SHIPPED", "DELIVERED")
    assert max(told.values()) == 1, told


def test_what_the_supplier_ships_less_comes_from_elsewhere(
    world: World, shop: Storefront, staff: Staff, supplier: DropShipper
) -> None:
    sku = world.new_sku({MILANO: 5})
    order = shop.place({sku: 3})
    part = staff.wait_for_part(order)
    world.add_stock(sku, "dc-leipzig", 5)
    refused(lambda: supplier.ship(order, part["part"]), 422, "ValidationFailed")
    less = {"shipped": {"1": 2}, "reasons": {"1": "MISMATCH"}}
    shipped = supplier.ship(order, part["part"], world.new_id("CORRIERE"), **less)
    assert (shipped["status"], shipped["short"]) == ("SHIPPED", {"1": 1})
    rest = staff.wait_for_part(order, after=part["part"])
    assert (rest["node"], rest["lines"][0]["quantity"]) == ("dc-leipzig", 1)
    wait_for_shelf(world, sku, MILANO, on_hand=2, allocated=0, staged=0, available=2)
    staff.finish(rest)
    shop.wait_for(order, "SHIPPED")
    wait_for_end(world, order)


def test_a_purchase_order_that_is_rejected_goes_elsewhere(
    world: World, shop: Storefront, staff: Staff, supplier: DropShipper
) -> None:
    sku = world.new_sku({MILANO: 5})
    order = shop.place({sku: 1})
    part = staff.wait_for_part(order)
    world.add_stock(sku, "dc-lille", 5)
    staff.do("reject", part, reason="NO_CAPACITY")
    seen = supplier.see(order, part["part"])
    assert (seen["status"], seen["ship_to"]) == ("REJECTED", None)
    assert staff.wait_for_part(order, after=part["part"])["node"] == "dc-lille"


def test_a_purchase_order_that_is_cancelled_is_told_so(
    world: World, shop: Storefront, staff: Staff, service: Service, supplier: DropShipper
) -> None:
    order = shop.place({world.new_sku({MILANO: 5}): 1})
    number = staff.wait_for_part(order)["part"]
    assert supplier.wait_for(order, number)["ship_to"]
    service.cancel(order)
    told = supplier.wait_for(order, number, "CANCELLED")
    assert told["ship_to"] is None
    wait_for_end(world, order)
