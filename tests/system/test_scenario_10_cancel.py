"""Scenario 10: cancelling: at once before acceptance, by request while a node works, too late
after shipping; and what leaves all the same is recorded.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from local.actors.service import Service
from local.actors.staff import Part, Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.channels import QUICK
from local.seed.network import HOUR_S
from tests.system.evidence import (
    Told,
    refused,
    wait_for_end,
    wait_for_shelf,
    wait_until_told,
)

pytestmark = pytest.mark.system
NODE = "dc-lille"


@pytest.fixture
def sku(world: World) -> str:
    return world.new_sku({NODE: 5})


@pytest.fixture
def part(shop: Storefront, staff: Staff, sku: str) -> Part:
    """The only part of an order of two."""
    return staff.wait_for_part(shop.place({sku: 2}))


def do_all(staff: Staff, part: Part, actions: str) -> Part:
    for action in actions.split():
        part = staff.do(action, part)
    return part


def assert_cancelled(world: World, order: str, sku: str) -> None:
    """Stock is free, no money was taken, the customer was told once."""
    seen = world.service.wait(order, lambda s: s.status == "CANCELLED", waiting_for="CANCELLED")
    wait_for_shelf(world, sku, NODE, on_hand=5, allocated=0, staged=0, available=5)
    assert seen.customer_status == "CANCELLED"
    assert (seen.money["captured"], seen.money["open"]) == (0, 0), seen.money
    assert wait_until_told(world, order, "CANCELLED")[Told("CANCELLED", 0)] == 1
    assert wait_for_end(world, order)[-1] == "Conclude"


def test_before_acceptance_it_is_immediate(
    world: World, shop: Storefront, part: Part, sku: str
) -> None:
    order = part["order_id"]
    assert shop.see(order).raw["may_cancel"]
    answer = shop.api.post(f"/orders/{order}/cancel", {"reason": "NO_LONGER"})
    assert (answer["outcome"], answer["parts"][0]["outcome"]) == ("CANCELLED", "CANCELLED")
    assert_cancelled(world, order, sku)
    assert not shop.see(order).raw["may_cancel"]


@pytest.mark.parametrize("done", ["accept", "accept start-pick", "accept pick pack label"])
def test_while_the_node_works_it_is_a_request_that_the_node_agrees_to(
    world: World, service: Service, staff: Staff, part: Part, sku: str, done: str
) -> None:
    part = do_all(staff, part, done)
    assert service.cancel(part["order_id"])["outcome"] == "REQUESTED"
    asked = staff.at(NODE).see(part["order_id"], 1)
    assert asked["request"] == "CANCEL_REQUESTED"
    assert "cancel-answer" in asked["supported_actions"]
    assert staff.do("cancel-answer", part, answer="AGREE")["status"] == "CANCELLED"
    assert_cancelled(world, part["order_id"], sku)


def test_the_node_may_refuse_and_the_order_ships(
    world: World, service: Service, staff: Staff, shop: Storefront, part: Part
) -> None:
    part = do_all(staff, part, "accept pick pack label")
    order = part["order_id"]
    service.cancel(order)
    part = staff.do("cancel-answer", part, answer="REFUSE")
    assert (part["status"], part["request"]) == ("READY_TO_SHIP", "CANCEL_REFUSED")
    assert service.cancel(order)["outcome"] == "REFUSED"
    world.carrier.deliver(staff.do("ship", part))
    shop.wait_for(order, "DELIVERED")
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    assert seen.money["charged"] == "FULL"


def test_a_node_that_does_not_answer_agrees_or_refuses_by_how_far_it_is(
    world: World, service: Service, staff: Staff, shop: Storefront
) -> None:
    """The channel answers for it after three seconds: packed goods go, others stay."""
    skus = [world.new_sku({NODE: 5}) for _ in range(2)]
    channel = replace(QUICK, id=world.new_id("answers"), accept_timeout_s=HOUR_S)
    world.loader.config.put(f"CHANNEL#{channel.id}", channel)
    parts = [staff.wait_for_part(shop.place({sku: 2}, channel=channel.id)) for sku in skus]
    accepted, packed = [staff.do("accept", part) for part in parts]
    packed = do_all(staff, packed, "pick pack")
    for part in (accepted, packed):
        service.cancel(part["order_id"])

    def answered() -> bool:
        seen = [service.see(part["order_id"]).parts[0] for part in (accepted, packed)]
        return [s["cancel_request"] for s in seen] == ["CANCEL_ACCEPTED", "CANCEL_REFUSED"]

    world.clock.sweep_until(answered)
    assert_cancelled(world, accepted["order_id"], skus[0])
    do_all(staff, packed, "label ship")
    shop.wait_for(packed["order_id"], "SHIPPED")


def test_after_shipping_it_is_refused_and_the_answer_says_why(
    shop: Storefront, service: Service, staff: Staff, part: Part
) -> None:
    staff.finish(part)
    order = part["order_id"]
    problem = refused(lambda: service.cancel(order), 409, "TooLateToCancel")
    assert (problem["parts"], problem["detail"]) == ([1], "everything has left already")
    assert shop.see(order).customer_status == "SHIPPED"
    assert not shop.see(order).raw["may_cancel"]


@pytest.mark.parametrize("teller", ["carrier", "staff"])
def test_a_late_ship_scan_on_a_cancelled_part_is_an_exception_and_never_lost(
    world: World, service: Service, staff: Staff, shop: Storefront,
    part: Part, sku: str, teller: str,
) -> None:  # fmt: skip
    part = do_all(staff, part, "accept pick pack label")
    order = part["order_id"]
    service.cancel(order)
    part = staff.do("cancel-answer", part, answer="AGREE")
    assert_cancelled(world, order, sku)

    for _ in range(2):  # told twice, booked once
        if teller == "carrier":
            world.carrier.scan("IN_TRANSIT", part)
        else:
            staff.do("ship", part)
    wait_for_shelf(world, sku, NODE, on_hand=3, allocated=0, staged=0, available=3)
    seen = service.see(order)
    assert (seen.status, seen.customer_status) == ("CANCELLED", "CANCELLED"), "no resurrection"
    assert seen.parts[0]["flags"] == ["SHIPPED_AFTER_CANCEL"]
    [case] = [c for c in seen.raw["cases"] if c["kind"] == "SHIPPED_AFTER_CANCEL"]
    assert (case["status"], case["part"], case["detail"]["node"]) == ("OPEN", 1, NODE)
    assert seen.events.count("fulfilment.late_ship") == 1
    assert (seen.money["captured"], shop.see(order).money["captured"]) == (0, 0)
