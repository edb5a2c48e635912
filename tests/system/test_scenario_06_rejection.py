"""Scenario 6: a node rejects with a reason; another one gets the order, never the same again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.channels import QUICK
from local.seed.network import HOUR_S
from oms.domain.limits.orders import MAX_ATTEMPTS
from tests.system.evidence import refused, states, wait_for_shelf, wait_for_state

pytestmark = pytest.mark.system
SHIPPERS = ("dc-lille", "dc-leipzig", "store-paris", "store-lyon", "store-berlin", "drop-milano")


# Ten pieces at the node, three are asked for (domain 3.4).
@pytest.mark.parametrize(
    ("reason", "on_hand", "unavailable", "available"),
    [
        ("NOT_IN_STOCK", 0, 0, 0),
        ("MISMATCH", 7, 0, 7),
        ("DAMAGED", 10, 3, 7),
        ("WORN", 10, 3, 7),
        ("NO_CAPACITY", 10, 0, 10),
        ("NO_VARIANCE", 10, 0, 10),
    ],
)
def test_the_reason_corrects_stock_and_the_other_node_gets_the_order(
    world: World, shop: Storefront, staff: Staff,
    reason: str, on_hand: int, unavailable: int, available: int,
) -> None:  # fmt: skip
    sku = world.new_sku({"dc-lille": 10, "dc-leipzig": 10})
    order = shop.place({sku: 3})
    part = staff.wait_for_part(order)
    gave_back = staff.do("reject", part, reason=reason)
    assert (gave_back["status"], gave_back["supported_actions"]) == ("REJECTED", [])
    wait_for_shelf(
        world, sku, part["node"],
        on_hand=on_hand, allocated=0, unavailable=unavailable, available=available,
    )  # fmt: skip
    following = staff.wait_for_part(order, after=part["part"])
    assert {part["node"], following["node"]} == {"dc-lille", "dc-leipzig"}
    wait_for_shelf(world, sku, following["node"], on_hand=10, allocated=3, available=7)
    assert staff.do("accept", following)["status"] == "ACCEPTED"


def test_a_line_may_have_a_reason_of_its_own(world: World, shop: Storefront, staff: Staff) -> None:
    bad, good = (world.new_sku({"dc-lille": 5, "dc-leipzig": 5}) for _ in range(2))
    order = shop.place({bad: 2, good: 1})
    part = staff.wait_for_part(order)
    staff.do("reject", part, reasons={"1": "MISMATCH"}, reason="NO_CAPACITY")
    wait_for_shelf(world, bad, part["node"], on_hand=3, allocated=0)
    wait_for_shelf(world, good, part["node"], on_hand=5, allocated=0)
    assert staff.wait_for_part(order, after=part["part"])["node"] != part["node"]


def test_after_the_configured_attempts_a_human_decides_and_nothing_loops(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku(dict.fromkeys(SHIPPERS, 5))
    order, asked, last = shop.place({sku: 1}), [], 0
    for _ in range(MAX_ATTEMPTS):
        part = staff.wait_for_part(order, after=last)
        asked, last = [*asked, part["node"]], part["part"]
        staff.do("reject", part, reason="NO_CAPACITY")
    entered = wait_for_state(world, order, "AwaitDecision")
    assert len(set(asked)) == MAX_ATTEMPTS, f"a node was asked twice: {asked}"
    assert entered.count("Allocate") == MAX_ATTEMPTS + 1
    seen = service.see(order)
    [case] = [case for case in seen.raw["cases"] if case["kind"] == "SOURCING"]
    assert (case["status"], case["detail"]["reason"]) == ("OPEN", "ATTEMPTS_EXHAUSTED")
    assert (seen.customer_status, seen.part_numbers) == ("SUPPORT_WAITING", [])
    for node in asked:
        wait_for_shelf(world, sku, node, on_hand=5, allocated=0)

    service.api.post(f"/orders/{order}/attempts")
    part = staff.wait_for_part(order, after=last)
    assert [part["node"]] == [node for node in SHIPPERS if node not in asked]
    done = service.api.post(
        f"/orders/{order}/cases/SOURCING/{case['part']}/resolve", {"note": "one more try"}
    )
    assert done["status"] == "RESOLVED"
    staff.finish(part)
    shop.wait_for(order, "SHIPPED")


def test_three_nodes_reject_and_there_is_no_fourth_attempt(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku(dict.fromkeys(SHIPPERS, 5))
    order, asked, last = shop.place({sku: 1}, channel="three"), set(), 0
    for _ in range(3):
        part = staff.wait_for_part(order, after=last)
        asked, last = asked | {part["node"]}, part["part"]
        staff.do("reject", part, reason="NO_CAPACITY")
    wait_for_state(world, order, "AwaitDecision")
    seen = service.see(order)
    assert (len(asked), last, seen.part_numbers) == (3, 3, [])
    [case] = seen.raw["cases"]
    assert (case["kind"], case["detail"]["attempts"]) == ("SOURCING", 3)
    assert {(e["node"], e["reason"]) for e in seen.raw["exclusions"]} == {
        (node, "NO_CAPACITY") for node in asked
    }


def test_a_refusal_ends_and_the_only_node_is_asked_again(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    """Every node that has it refused: a human is told, and the order waits until one may be asked."""
    channel = replace(QUICK, id=world.new_id("once"), accept_timeout_s=HOUR_S, exclude_for_s=15)
    world.loader.config.put(f"CHANNEL#{channel.id}", channel)
    order = shop.place({world.new_sku({"dc-lille": 5}): 1}, channel=channel.id)
    part = staff.wait_for_part(order)
    staff.do("reject", part, reason="NO_CAPACITY")
    wait_for_state(world, order, "AwaitStock")
    seen = service.wait(order, lambda seen: seen.raw["cases"])
    [case] = seen.raw["cases"]
    assert (case["kind"], case["detail"]["reason"]) == ("SOURCING", "NO_NODE_LEFT")
    world.clock.sweep_until(lambda: service.see(order).part_numbers == [2])
    again = staff.wait_for_part(order, after=part["part"])
    assert again["node"] == "dc-lille"
    staff.finish(again)
    shop.wait_for(order, "SHIPPED")


def test_what_a_node_rejected_it_cannot_accept_any_more(
    world: World, shop: Storefront, staff: Staff
) -> None:
    order = shop.place({world.new_sku({"dc-lille": 5, "dc-leipzig": 5}): 1})
    part = staff.wait_for_part(order)
    staff.do("reject", part, reason="NO_CAPACITY")
    body = refused(lambda: staff.do("accept", part), 409, "IllegalTransition")
    assert body["supported_actions"] == []
    staff.wait_for_part(order, after=part["part"])
    assert states(world, order).count("Allocate") == 2
