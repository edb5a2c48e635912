"""A count finds less than is promised: the last in line moves, or a case stays open."""

from __future__ import annotations

from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system

HERE, ELSEWHERE = "dc-lille", "dc-leipzig"


def case(world: World, sku: str) -> dict[str, Any]:
    found = world.ops.get(f"/stock/{sku}/cases")["cases"]
    return next((each for each in found if each["kind"] == "STOCK_SHORTAGE"), {"status": ""})


def test_the_last_in_line_gives_way_and_what_nobody_has_is_told(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({HERE: 2})
    first, second = (shop.place({sku: 1}) for _ in range(2))
    for order in (first, second):
        shop.wait(order, lambda seen: len(seen.raw["parts"]) == 1)
    world.add_stock(sku, ELSEWHERE, 1)
    crew = world.crew(HERE)
    crew.api.post("/stock/counts", {"id": world.new_id(), "sku": sku, "node": HERE, "counted": 1})
    wait_for_shelf(world, sku, HERE, on_hand=1, allocated=1, available=0)
    wait_for_shelf(world, sku, ELSEWHERE, allocated=1, available=0)

    def nodes(order: str) -> list[str]:
        parts = world.service.see(order).raw["parts"]
        return [part["node"] for part in parts if part["status"] == "ASSIGNED"]

    assert (nodes(first), nodes(second)) == ([HERE], [ELSEWHERE])
    eventually(
        lambda: case(world, sku),
        lambda now: now["status"] == "RESOLVED",
        waiting_for="the shortage to be over",
    )
    crew.api.post("/stock/counts", {"id": world.new_id(), "sku": sku, "node": HERE, "counted": 0})
    eventually(
        lambda: case(world, sku),
        lambda now: now["status"] == "OPEN",
        waiting_for="a case, for nobody else has it",
    )
    assert wait_for_shelf(world, sku, HERE, available=-1).allocated == 1
    assert nodes(first) == [HERE]
