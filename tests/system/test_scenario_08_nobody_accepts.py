"""Scenario 8: nobody accepts in time: as a rejection, but its stock is believed."""

from __future__ import annotations

import pytest

from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import refused, wait_for_shelf

pytestmark = pytest.mark.system


def test_a_silent_node_loses_the_order_to_another_and_keeps_its_stock(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"dc-lille": 4, "dc-leipzig": 4})
    order = shop.place({sku: 2}, channel="quick")
    silent = staff.wait_for_part(order)
    assert silent["due"], silent
    world.clock.sweep_until(lambda: silent["part"] not in service.see(order).part_numbers)
    following = staff.wait_for_part(order, after=silent["part"])
    assert {silent["node"], following["node"]} == {"dc-lille", "dc-leipzig"}
    wait_for_shelf(world, sku, silent["node"], on_hand=4, allocated=0, unavailable=0, available=4)

    gone = staff.at(silent["node"]).see(order, silent["part"])
    assert (gone["status"], gone["reasons"]) == ("EXPIRED", {"1": "TIMEOUT"})
    body = refused(lambda: staff.do("accept", silent), 409, "IllegalTransition")
    assert body["supported_actions"] == []
    assert "fulfilment.expire" in service.see(order).events


def test_a_part_that_is_not_due_is_left_alone(world: World, shop: Storefront, staff: Staff) -> None:
    order = shop.place({world.new_sku({"dc-lille": 4, "dc-leipzig": 4}): 1})
    part = staff.wait_for_part(order)
    world.clock.sweep()
    assert staff.at(part["node"]).see(order, part["part"])["version"] == part["version"]
