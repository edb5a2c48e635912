"""A count finds less than is promised: a case is open until enough is there."""

from __future__ import annotations

from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system

HERE = "dc-lille"


def case(world: World, sku: str) -> dict[str, Any]:
    found = world.ops.get(f"/stock/{sku}/cases")["cases"]
    return next((each for each in found if each["kind"] == "STOCK_SHORTAGE"), {"status": ""})


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
