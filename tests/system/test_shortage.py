"""A count finds less than is promised: the last in line gives way, what cannot is a case."""

from __future__ import annotations

import time
from typing import Any

import pytest

from local.actors import marketplace as amazon
from local.actors.feeder import instant
from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system

HERE, THERE = "dc-lille", "dc-leipzig"


def case(world: World, sku: str) -> dict[str, Any]:
    found = world.ops.get(f"/stock/{sku}/cases")["cases"]
    return next((each for each in found if each["kind"] == "STOCK_SHORTAGE"), {"status": ""})


def test_the_last_in_line_gives_way_to_another_node_that_has_it(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({HERE: 2})
    later = shop.place({sku: 1})  # it came first, but of the channel that waits
    [urgent] = world.marketplace.send(amazon.order(world.new_id("FIRST"), {sku: 1}))
    for order in (later, urgent):
        assert world.staff.wait_for_part(order)["node"] == HERE
    world.add_stock(sku, THERE, 1)

    body = {"id": world.new_id("F"), "node": HERE, "kind": "COUNT",
            "as_of": instant(time.time()), "lines": [{"sku": sku, "quantity": 1}]}  # fmt: skip
    told = world.crew(HERE).api.post("/stock/feeds", body)["results"]
    assert [(each["outcome"], each["available"]) for each in told] == [("BOOKED", -1)]
    moved = world.staff.wait_for_part(later, after=1)
    assert moved["node"] == THERE
    wait_for_shelf(world, sku, HERE, on_hand=1, allocated=1, available=0)
    wait_for_shelf(world, sku, THERE, on_hand=1, allocated=1, available=0)
    assert [part["part"] for part in world.staff.parts(urgent)] == [1]
    eventually(
        lambda: case(world, sku),
        lambda now: now["status"] == "RESOLVED",
        waiting_for="the case to be closed by itself",
    )


def test_a_shortage_that_nobody_can_help_is_a_case_until_it_is_over(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({HERE: 2})
    for _ in range(2):
        order = shop.place({sku: 1})
        shop.wait(order, lambda seen: len(seen.raw["parts"]) == 1)

    def counted(units: int) -> None:
        body = {"id": world.new_id(), "sku": sku, "node": HERE, "counted": units}
        world.crew(HERE).api.post("/stock/counts", body)

    for units, status in ((1, "OPEN"), (2, "RESOLVED")):
        counted(units)
        eventually(
            lambda: case(world, sku),
            lambda now, status=status: now["status"] == status,
            waiting_for=f"the case to be {status}",
        )
    wait_for_shelf(world, sku, HERE, on_hand=2, allocated=2, available=0)
