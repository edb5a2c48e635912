"""What sells and lies where decides, once the auditor has told; before that the decision says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from local.actors.merchant import Merchant
from local.actors.patience import eventually
from local.actors.world import World
from local.seed.channels import WEB

pytestmark = pytest.mark.system
SLOW_FIRST = {"criteria": ["sales_velocity", "reject_rate", "distance_km"]}


@pytest.fixture
def merchant(world: World) -> Merchant:
    """Of a channel of two nodes, whose rules keep the goods where they sell."""
    name = world.new_id("protect").lower()
    channel = replace(WEB, id=name, profile=name, nodes=("store-paris", "dc-lille"))
    world.loader.config.put(f"CHANNEL#{name}", channel)
    made = world.merchant(name)
    made.go_live(SLOW_FIRST)
    return made


def trial(merchant: Merchant, sku: str) -> dict[str, Any]:
    return dict(merchant.simulate({sku: 1}, channel=merchant.profile)["decision"])


def test_a_store_keeps_what_it_sells_itself(world: World, merchant: Merchant) -> None:
    sku = world.new_sku({"store-paris": 60})
    for _ in range(4):
        world.staff.finish(world.staff.wait_for_part(world.shop.place({sku: 1})))
    world.add_stock(sku, "dc-lille", 60)

    def decided() -> dict[str, Any]:
        """By rules that have arrived, of ledgers that were folded: the auditor told of both."""
        world.ops.post("/audit", {"grace_s": 3600})
        return trial(merchant, sku)

    found = eventually(
        decided,
        lambda told: told["winner"] == ["dc-lille"] and "sales_velocity" not in told["uncounted"],
        waiting_for="what the store sells to count",
    )
    assert found["lost_on"] == "sales_velocity"
    values = {node["node"]: node["values"] for node in found["nodes"]}
    assert values["store-paris"]["sales_velocity"] == 1, "4 in four weeks"
    assert "selling less of it itself than" in found["sentence"]

    world.foresight.run()
    rated = eventually(
        lambda: trial(merchant, sku),
        lambda told: "reject_rate" not in told["uncounted"],
        waiting_for="rates of rejection",
    )
    assert rated["uncounted"] == {}
