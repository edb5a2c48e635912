"""Scenario 7: a short pick: what was found ships, the shortfall comes from elsewhere."""

from __future__ import annotations

import pytest

from local.actors.lines import DEFAULT_CENTS
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import SHIPPING_CENTS, Storefront
from local.actors.world import World
from tests.system.evidence import refused, wait_for_end, wait_for_shelf, wait_until_told

pytestmark = pytest.mark.system


def test_found_units_ship_and_missing_ones_are_sourced_elsewhere(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"dc-lille": 6, "dc-leipzig": 6})
    order = shop.place({sku: 3})
    first = staff.do("accept", staff.wait_for_part(order))
    first = staff.do("pick", first, picked={"1": 2}, reasons={"1": "MISMATCH"})
    assert (first["lines"][0]["quantity"], first["short"]) == (2, {"1": 1})
    wait_for_shelf(world, sku, first["node"], on_hand=5, staged=2, allocated=0, available=3)

    second = staff.wait_for_part(order, after=first["part"])
    assert second["node"] != first["node"]
    assert second["lines"][0]["quantity"] == 1
    assert shop.see(order).raw["partial"]
    units = {first["lines"][0]["units"], second["lines"][0]["units"]}
    assert units == {"0-1", "2"}, "no unit is in two parts"

    shipped = [staff.finish(first), staff.finish(second)]
    world.carrier.deliver(*shipped)
    total = 3 * DEFAULT_CENTS + SHIPPING_CENTS
    seen = service.wait(
        order, lambda seen: seen.money["captured"] == total, waiting_for=f"{total} captured"
    )
    shop.wait_for(order, "DELIVERED")
    assert seen.raw["lines"][0]["quantities"]["shipped"] == 3
    assert wait_for_end(world, order).count("Allocate") == 2
    wait_for_shelf(world, sku, first["node"], on_hand=3, staged=0, available=3)
    told = wait_until_told(world, order, "DELIVERED")
    assert max(told.values()) == 1, told


def test_nothing_found_at_all_is_a_rejection(world: World, shop: Storefront, staff: Staff) -> None:
    sku = world.new_sku({"dc-lille": 6, "dc-leipzig": 6})
    order = shop.place({sku: 2})
    part = staff.do("accept", staff.wait_for_part(order))
    part = staff.do("pick", part, picked={"1": 0}, reasons={"1": "NOT_IN_STOCK"})
    assert part["status"] == "REJECTED"
    wait_for_shelf(world, sku, part["node"], on_hand=0, allocated=0, available=0)
    assert staff.wait_for_part(order, after=part["part"])["node"] != part["node"]
    refused(lambda: staff.do("pack", part), 409, "IllegalTransition")


def test_a_shortfall_that_nobody_has_waits_while_the_rest_ships(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"dc-lille": 2})
    order = shop.place({sku: 2})
    part = staff.do("accept", staff.wait_for_part(order))
    part = staff.do("pick", part, picked={"1": 1}, reasons={"1": "NOT_IN_STOCK"})
    staff.finish(part)
    seen = service.wait(
        order,
        lambda seen: seen.raw["lines"][0]["quantities"]["backordered"] == 1,
        waiting_for="one unit to wait for stock",
    )
    assert (seen.customer_status, seen.raw["partial"]) == ("SUPPORT_WAITING", True)
    wait_until_told(world, order, "BACKORDERED")
    told = service.api.get(f"/orders/{order}/messages")["messages"]
    [message] = [each for each in told if each["status"] == "BACKORDERED"]
    assert "Expected on" not in message["body"], "nobody expects it"
    seen = service.wait(order, lambda seen: seen.raw["cases"], waiting_for="a case")
    assert {case["kind"] for case in seen.raw["cases"]} <= {"BACKORDER", "SOURCING"}
    world.add_stock(sku, "dc-leipzig", 1)
    late = staff.wait_for_part(order, after=part["part"])
    staff.finish(late)
    shop.wait_for(order, "SHIPPED")
    wait_until_told(world, order, "BACKORDERED")
