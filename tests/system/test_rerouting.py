"""What no node has accepted is moved: by customer service, and when a node goes down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from local.actors.api import Problem
from local.actors.people import LOTTE
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import refused, shelf, states, wait_for_shelf, wait_for_state

pytestmark = pytest.mark.system

DOWN, UP = "dc-gent", "dc-leipzig"  # the first is the nearest to Lotte
MANY, AT_ONCE, RACES = 50, 8, 6


def test_customer_service_moves_a_part_once_and_it_is_on_the_timeline(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"dc-lille": 5, "dc-leipzig": 5})
    order = shop.place({sku: 2})
    part = staff.wait_for_part(order)
    assert part["node"] == "dc-lille"
    moved = service.move(order, part["part"], "dc-leipzig", note="nearer to the gift wrap")
    again = service.move(order, part["part"], "dc-leipzig", note="double click")
    assert again == moved
    assert (moved["node"], moved["status"], moved["part"]) == ("dc-leipzig", "ASSIGNED", 2)
    wait_for_shelf(world, sku, "dc-lille", on_hand=5, allocated=0, available=5)
    assert shelf(world, sku, "dc-leipzig").allocated == 2
    refused(lambda: staff.do("accept", part), 409, "IllegalTransition")
    seen = service.see(order)
    [told] = [e for e in seen.raw["timeline"] if e["of"] == "order" and e["event"] == "move"]
    assert told["actor"] == "service"
    assert "dc-lille to dc-leipzig; nearer to the gift wrap" in told["note"]
    staff.finish(moved)
    shop.wait_for(order, "SHIPPED")
    assert states(world, order).count("Allocate") == 1, "no transition for a move"


def test_a_move_is_refused_with_its_reason_and_changes_nothing(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"dc-lille": 5, "dc-leipzig": 1})
    order = shop.place({sku: 2})
    part = staff.wait_for_part(order)
    body = refused(lambda: service.move(order, part["part"], "dc-leipzig"), 409, "OutOfStock")
    assert body["missing"] == {sku: 1}
    body = refused(lambda: service.move(order, part["part"], "nowhere"), 404, "NotFound")
    assert body["errors"][0]["pointer"] == "/node"
    assert shelf(world, sku, "dc-lille").allocated == 2
    staff.do("accept", part)
    body = refused(
        lambda: service.move(order, part["part"], "dc-leipzig"), 409, "IllegalTransition"
    )
    assert "pick" in body["supported_actions"]


def test_fifty_unaccepted_orders_leave_a_node_that_goes_down(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku, alone = world.new_sku({DOWN: MANY, UP: MANY - 1}), world.new_sku({DOWN: 3})
    stays = shop.place({alone: 1}, to=LOTTE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        orders = list(pool.map(lambda _: shop.place({sku: 1}, to=LOTTE), range(MANY)))
        kept, *parts = pool.map(staff.wait_for_part, [stays, *orders])
    assert {part["node"] for part in parts} == {DOWN}
    accepted = staff.do("accept", parts[0])
    body = refused(lambda: world.crew(UP).api.get(f"/nodes/{DOWN}/status"), 404, "NotFound")
    assert "no such node" in body["detail"]
    try:
        standing = world.crew(DOWN).stop("no power")
        assert (standing["status"], standing["history"][-1]["by"]) == ("OFFLINE", f"staff-{DOWN}")
        world.clock.sweep_until(lambda: shelf(world, sku, DOWN).allocated == 1, within_s=120)
        wait_for_shelf(world, sku, UP, allocated=MANY - 1)
        [case] = service.wait(stays, lambda seen: seen.raw["cases"]).raw["cases"]
        assert (case["kind"], case["detail"]["reason"]) == ("NODE_OUTAGE", "NO_OTHER_NODE")
        seen = [service.see(order) for order in orders]
        assert [part for each in seen[1:] for part in each.nodes] == [UP] * (MANY - 1)
        assert seen[0].nodes == [DOWN], "what was accepted stays"
        assert [work["order_id"] for work in world.crew(DOWN).work()
                if work["order_id"] in orders] == [accepted["order_id"]]  # fmt: skip
    finally:
        world.crew(DOWN).open()
    assert world.crew(DOWN).standing()["status"] == "OPEN"
    staff.finish(staff.at(DOWN).see(stays, kept["part"]))
    shop.wait_for(stays, "SHIPPED")


def test_what_is_not_accepted_moves_when_stock_comes_nearer(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"dc-leipzig": 5})
    order = shop.place({sku: 1}, channel="reviewed")
    part = staff.wait_for_part(order)
    assert part["node"] == "dc-leipzig"
    world.add_stock(sku, "dc-lille", 5)
    world.clock.sweep_until(lambda: service.see(order).nodes == ["dc-lille"])
    wait_for_shelf(world, sku, "dc-leipzig", allocated=0)
    told = [e["note"] for e in service.see(order).raw["timeline"] if e["event"] == "move"]
    assert "dc-leipzig to dc-lille" in told[0]
    world.clock.sweep()
    staff.finish(staff.wait_for_part(order, after=part["part"]))
    shop.wait_for(order, "SHIPPED")


def test_the_last_unit_goes_to_the_pickup_or_the_shipment_and_never_to_both(
    world: World, shop: Storefront
) -> None:
    """The store keeps one unit back, so that one of two is left to be sold."""
    skus = [world.new_sku({"store-paris": 2}) for _ in range(RACES)]

    def place(sku: str, wishes: dict[str, str]) -> str:
        try:
            shop.place({sku: 1}, **wishes)
        except Problem as refusal:
            return refusal.type
        return "PLACED"

    ways = ({"collect_at": "store-paris"}, {})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [pool.submit(place, sku, wishes) for sku in skus for wishes in ways]
    answers = [each.result() for each in asked]
    for sku, pair in zip(skus, zip(answers[::2], answers[1::2], strict=True), strict=True):
        assert sorted(pair) == ["OutOfStock", "PLACED"]
        assert shelf(world, sku, "store-paris").allocated == 1


def test_where_both_wait_for_the_last_unit_the_pickup_gets_it(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({"store-paris": 1})
    ship = shop.place({sku: 1}, channel="patient")
    pickup = shop.place({sku: 1}, channel="patient", collect_at="store-paris")
    for order in (ship, pickup):
        wait_for_state(world, order, "AwaitStock")
    world.add_stock(sku, "store-paris", 1)
    part = staff.wait_for_part(pickup)
    assert (part["node"], part["method"]) == ("store-paris", "PICKUP")
    assert service.see(ship).part_numbers == []
