"""Addresses that a channel tells later; and deaths while any later state of it is taken."""

from __future__ import annotations

from typing import Any

import pytest

from .channels import case, message, order_of, webhook
from .faults import AFTER, BEFORE, Faults
from .story import Story
from .test_channels import CREATED, FIRST, LATER, codes, shopify, steps
from .world import World


@pytest.fixture
def world() -> World:
    built = World()
    Story(built).stocked("dc-lille", SKU_001=5)
    built.twice = True
    return built


def test_an_address_that_comes_later_completes_the_order(world: World) -> None:
    withheld, full = case("amazon_address_withheld_then_full")
    message(world, withheld)
    order = order_of(world, "amazon", withheld["orderId"])
    assert (codes(order), order.parts) == (["INCOMPLETE_ADDRESS"], ())
    message(world, full)
    message(world, withheld)
    order = order_of(world, "amazon", withheld["orderId"])
    to = order.snapshot.ship_to
    assert to
    assert (codes(order), order.cases) == ([], ())
    assert (to.name, to.line1, to.city, to.postal_code) == (
        "Mia Vogel", "Hainstraße 3", "Leipzig", "04109"
    )  # fmt: skip
    assert (order.snapshot.customer.name, order.snapshot.customer.email) == (
        "Mia Vogel", "mia.vogel@customer.example"
    )  # fmt: skip
    steps(world, order, "accept", "pick", "pack", "label", "ship")
    [key] = [key for key in world.bucket.objects if "labels/" in str(key) and "zpl" in str(key)]
    assert "Hainstra" in str(world.bucket.objects[key])
    assert (world.unlike, world.died) == ([], [])


def test_an_address_is_changed_until_a_label_names_it(world: World) -> None:
    webhook(world, "orders/create", CREATED | {"updated_at": FIRST})
    steps(world, shopify(world), "accept", "pick", "pack")
    there = CREATED["shipping_address"] | {"address1": "9 Rue Z"}
    webhook(world, "orders/updated", CREATED | {"updated_at": LATER, "shipping_address": there})
    order = shopify(world)
    assert order.snapshot.ship_to
    assert (order.snapshot.ship_to.line1, codes(order)) == ("9 Rue Z", [])
    [change] = order.changes
    assert change.ship_to
    assert (change.ship_to.line1, change.by) == ("1 Rue A", "channel:shopify")
    steps(world, order, "label")
    again = CREATED["shipping_address"] | {"address1": "10 Rue Z"}
    after = {"updated_at": "2026-11-30T19:00:00Z", "shipping_address": again}
    webhook(world, "orders/updated", CREATED | after)
    assert codes(shopify(world)) == ["ADDRESS_CHANGED"]
    assert world.unlike == []


@pytest.mark.parametrize("mode", [BEFORE, AFTER])
@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({"cancelled_at": LATER, "cancel_reason": "customer"}, ("CANCELLED", "1 Rue A", [])),
        ({"shipping_address": CREATED["shipping_address"] | {"address1": "9 Rue Z"}},
         ("IN_FULFILMENT", "9 Rue Z", [])),
        ({"financial_status": "voided"}, ("IN_FULFILMENT", "1 Rue A", ["FINANCIAL_STATUS"])),
    ],
)  # fmt: skip
def test_a_death_at_any_call_is_healed_by_the_same_webhook(
    mode: str, change: dict[str, Any], ends: tuple[str, str, list[str]]
) -> None:
    deaths = 0
    for at in range(60):
        world = World()
        Story(world).stocked("dc-lille", SKU_001=5)
        webhook(world, "orders/create", CREATED | {"updated_at": FIRST})
        world.arm(Faults(at, mode))
        webhook(world, "orders/updated", CREATED | change | {"updated_at": LATER})
        order = shopify(world)
        assert order.snapshot.ship_to
        found = (order.state.status, order.snapshot.ship_to.line1, codes(order))
        assert found == ends, (at, world.died)
        assert len(order.cases) == len(ends[2])
        if not any(each.startswith("ingest_order") for each in world.died):
            break
        deaths += 1
    assert deaths > 3


@pytest.mark.parametrize("mode", [BEFORE, AFTER])
def test_a_death_while_an_address_is_completed_is_healed_by_the_same_message(mode: str) -> None:
    withheld, full = case("amazon_address_withheld_then_full")
    deaths = 0
    for at in range(60):
        world = World()
        Story(world).stocked("dc-lille", SKU_001=5)
        message(world, withheld)
        world.arm(Faults(at, mode))
        message(world, full)
        order = order_of(world, "amazon", withheld["orderId"])
        assert order.snapshot.ship_to
        assert (order.snapshot.ship_to.line1, codes(order)) == ("Hainstraße 3", []), (
            at,
            world.died,
        )
        assert len(order.changes) == 1
        if not any(each.startswith("ingest_order") for each in world.died):
            break
        deaths += 1
    assert deaths > 3
