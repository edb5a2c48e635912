"""Scenario 4: an order that no node can fill alone is split; each part lives its own life."""

from __future__ import annotations

import pytest

from local.actors.service import Service
from local.actors.staff import Part, Staff
from local.actors.storefront import SHIPPING_CENTS, Storefront
from local.actors.world import World
from tests.system.evidence import Told, refused, wait_for_end, wait_until_told

pytestmark = pytest.mark.system


def test_a_split_order_shows_the_lowest_rank_and_is_paid_to_the_cent(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    skus = [world.new_sku(stock) for stock in ({"dc-lille": 5}, {"dc-leipzig": 5}, {"dc-lille": 5})]
    body = shop.body(dict(zip(skus, (1, 1, 2), strict=True)))
    for line, cents in zip(body["lines"], (1999, 333, 701), strict=True):
        line["unit_price"] = cents
    goods = 1999 + 333 + 2 * 701
    placed = shop.send(body | {"discount": 100, "total": goods - 100 + SHIPPING_CENTS})
    order, total = placed["id"], goods - 100 + SHIPPING_CENTS
    assert placed["parts"] == 2
    parts = {part["node"]: part for part in staff.wait_for_parts(order, 2)}
    lille, leipzig = parts["dc-lille"], parts["dc-leipzig"]
    assert [(line["sku"], line["quantity"]) for line in lille["lines"]] == [
        (skus[0], 1),
        (skus[2], 2),
    ]

    lille = staff.finish(lille)
    first = service.wait(order, lambda seen: seen.money["captured"], waiting_for="a capture")
    assert look(shop, order) == ("SUPPORT_WAITING", True)
    assert "1 of 2 shipped" in shop.see(order).raw["status_text"]
    assert 0 < first.money["captured"] < total
    assert first.money["charged"] == "PARTIAL"

    world.carrier.deliver(lille)
    leipzig = staff.do("accept", leipzig)
    assert look(shop, order) == ("IN_PREPARATION", True)
    assert statuses(shop, order) == {lille["part"]: "DELIVERED", leipzig["part"]: "IN_PREPARATION"}
    staff.finish(leipzig)
    assert look(shop, order) == ("SHIPPED", True)
    seen = service.wait(order, lambda seen: seen.money["captured"] == total, waiting_for="its rest")
    assert seen.money["charged"] == "FULL"
    world.carrier.deliver(leipzig | staff.at(leipzig["node"]).see(order, leipzig["part"]))
    assert look(shop, order) == ("DELIVERED", False)
    assert wait_for_end(world, order).count("Fulfil") == 1
    told = wait_until_told(world, order, "DELIVERED")
    for part in (lille, leipzig):
        assert told[Told("SHIPPED", part["part"])] == 1, told
    assert max(told.values()) == 1, told


def look(shop: Storefront, order: str) -> tuple[str, bool]:
    raw = shop.see(order).raw
    return raw["customer_status"], raw["partial"]


def statuses(shop: Storefront, order: str) -> dict[int, str]:
    return {part["number"]: part["status"] for part in shop.see(order).parts}


def test_one_part_can_be_cancelled_and_the_other_ships(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    here, there = world.new_sku({"dc-lille": 5}), world.new_sku({"dc-leipzig": 5})
    order = shop.place({here: 1, there: 1})
    parts = {part["node"]: part for part in staff.wait_for_parts(order, 2)}
    shipped: Part = staff.finish(parts["dc-lille"])
    service.wait(order, lambda seen: seen.money["captured"], waiting_for="a capture")
    answer = service.cancel(order)
    assert answer["outcome"] == "PARTIAL", answer
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    assert (seen.money["charged"], seen.money["open"]) == ("FULL", 0), seen.money
    assert seen.money["captured"] == seen.money["target"]
    world.carrier.deliver(shipped)
    shop.wait_for(order, "DELIVERED")


def test_nodes_do_not_see_each_others_parts(world: World, shop: Storefront, staff: Staff) -> None:
    here, there = world.new_sku({"dc-lille": 5}), world.new_sku({"dc-leipzig": 5})
    order = shop.place({here: 1, there: 1})
    for part in staff.wait_for_parts(order, 2):
        other = "dc-lille" if part["node"] == "dc-leipzig" else "dc-leipzig"
        mine = {(w["order_id"], w["part"]) for w in world.crew(part["node"]).work()}
        assert (order, part["part"]) in mine
        stranger = world.crew(other)
        assert (order, part["part"]) not in {(w["order_id"], w["part"]) for w in stranger.work()}
        refused(lambda c=stranger, p=part: c.do("accept", order, p["part"]), 404, "NotFound")
