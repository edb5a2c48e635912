"""A merchant changes where orders go while the system runs, sees why, and takes it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from local.actors.merchant import Decision, Merchant
from local.actors.patience import eventually
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.channels import WEB
from local.seed.network import NODES
from tests.system.evidence import refused

pytestmark = pytest.mark.system
NEAREST = {"criteria": ["distance_km"]}
RANKED = {"criteria": ["priority", "distance_km"]}  # warehouses before stores


@pytest.fixture
def merchant(world: World) -> Merchant:
    """Of a channel with a profile of its own."""
    name = world.new_id("steered").lower()
    world.loader.config.put(f"CHANNEL#{name}", replace(WEB, id=name, profile=name))
    return world.merchant(name)


def decided(world: World, merchant: Merchant, sku: str) -> Decision:
    """How the next order of the merchant's channel is decided."""
    order = world.shop.place({sku: 1}, channel=merchant.profile)
    return merchant.decisions(order)[0]


def goes_to(world: World, merchant: Merchant, sku: str, node: str) -> Decision:
    """The decision about the first order that goes there; those before it still knew no better."""
    return eventually(
        lambda: decided(world, merchant, sku),
        lambda decision: [each["node"] for each in decision["given"]] == [node],
        waiting_for=f"an order to go to {node}",
    )


def test_new_rules_send_the_next_order_elsewhere_and_one_call_takes_them_back(
    world: World, merchant: Merchant
) -> None:
    sku = world.new_sku({"store-paris": 60, "dc-lille": 60})
    first = merchant.go_live(NEAREST)["number"]
    near = goes_to(world, merchant, sku, "store-paris")
    second = merchant.go_live(RANKED, "warehouses first")["number"]
    ranked = goes_to(world, merchant, sku, "dc-lille")
    assert merchant.roll_back(second)["number"] == first
    back = goes_to(world, merchant, sku, "store-paris")
    versions = [each["rules_version"] for each in (near, ranked, back)]
    assert versions == [first, second, first]
    assert merchant.profiles()[merchant.profile]["active"] == first
    listed = merchant.versions()
    assert (listed["active"], [each["status"] for each in listed["items"]]) == (
        first,
        ["RETIRED", "ACTIVE"],
    )


def test_a_draft_is_tried_before_it_decides(world: World, merchant: Merchant) -> None:
    sku = world.new_sku({"store-paris": 5, "dc-lille": 5})
    merchant.go_live(NEAREST)
    draft = merchant.draft(RANKED)["number"]
    now = merchant.simulate({sku: 1}, channel=merchant.profile)
    then = merchant.simulate({sku: 1}, channel=merchant.profile, version=draft)
    assert [where(now), where(then)] == [["store-paris"], ["dc-lille"]]
    assert then["decision"]["rules_version"] == draft
    assert where(decided_now(world, merchant, sku)) == ["store-paris"]
    for node in ("store-paris", "dc-lille"):
        item = world.crew(node).stock(sku)
        assert item is not None
        assert item["allocated"] == (1 if node == "store-paris" else 0), "a trial holds nothing"


def decided_now(world: World, merchant: Merchant, sku: str) -> dict[str, Any]:
    return {"decision": decided(world, merchant, sku)}


def where(answer: dict[str, Any]) -> list[str]:
    return [given["node"] for given in answer["decision"]["given"]]


def test_rules_that_are_wrong_or_not_checked_never_decide(merchant: Merchant) -> None:
    number = merchant.draft({"criteria": ["price"]})["number"]
    wrong = refused(lambda: merchant.validate(number), 422, "ValidationFailed")
    assert [each["pointer"] for each in wrong["errors"]] == ["/criteria/0"]
    refused(lambda: merchant.activate(number), 409, "IllegalTransition")
    assert merchant.versions()["active"] == 0


def test_a_single_order_says_who_else_there_was_and_on_what_it_lost(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({"dc-lille": 5, "dc-leipzig": 5})
    own = world.new_id("seeded").lower()  # of the demo's nodes alone: a decision lists not too many
    world.loader.config.put(
        f"CHANNEL#{own}", replace(WEB, id=own, nodes=tuple(node.id for node in NODES))
    )
    [decision] = world.merchant().decisions(shop.place({sku: 1}, channel=own))
    assert (decision["winner"], decision["runner_up"]) == (["dc-lille"], ["dc-leipzig"])
    assert decision["lost_on"]
    assert decision["winner_value"] < decision["runner_up_value"]
    told = decision["sentence"]
    assert told.startswith("Lille distribution centre ships it: ")
    assert "Leipzig distribution centre" in told
    assert "Ruled out: " in told
    shown = {node["node"]: node for node in decision["nodes"]}
    assert shown["drop-milano"]["fence"] == "NO_STOCK"
    assert shown["dc-lille"]["values"]["distance_km"] < shown["dc-leipzig"]["values"]["distance_km"]


def test_a_split_order_says_who_gives_what(world: World, shop: Storefront) -> None:
    skus = [world.new_sku({"dc-lille": 5}), world.new_sku({"dc-leipzig": 5})]
    [decision] = world.merchant().decisions(shop.place(dict.fromkeys(skus, 2)))
    given = {each["node"]: each["units"] for each in decision["given"]}
    assert given == {"dc-lille": 2, "dc-leipzig": 2}
    assert decision["sentence"].startswith("Split over 2 nodes, ")


def test_an_order_that_was_given_back_says_so_in_a_second_decision(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"dc-lille": 5, "dc-leipzig": 5})
    order = shop.place({sku: 1})
    part = staff.wait_for_part(order)
    staff.do("reject", part, reason="NO_CAPACITY")
    staff.wait_for_part(order, after=part["part"])
    first, second = world.merchant().decisions(order)
    assert (first["cause"], second["cause"]) == ("PLACED", "RESOURCED")
    fences = {node["node"]: node["fence"] for node in second["nodes"]}
    assert fences[part["node"]] == "REJECTED_BEFORE"
    assert second["sentence"].startswith("Sourced again: ")
    assert "gave it back before" in second["sentence"]


def test_stock_that_arrives_for_a_waiting_order_is_a_decision_too(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({})
    order = shop.place({sku: 1}, channel="patient")
    world.add_stock(sku, "dc-lille", 1)
    staff.wait_for_part(order)
    causes = [each["cause"] for each in world.merchant().decisions(order)]
    assert (causes[0], causes[-1]) == ("PLACED", "ALLOCATED")
