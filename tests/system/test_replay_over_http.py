"""A merchant has the last days, and a file, sourced again by a draft, without a deployment."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from benchmarks.replay import made_up
from local.actors.merchant import Merchant
from local.actors.patience import eventually
from local.actors.world import World
from oms.stores.lake.past_file import lines_of

pytestmark = pytest.mark.system
RANKED = {"criteria": ["priority", "distance_km"]}  # warehouses before stores


@pytest.fixture
def merchant(world: World) -> Merchant:
    return world.merchant(world.new_id("replayed").lower())


def test_the_last_days_are_replayed_against_a_draft(world: World, merchant: Merchant) -> None:
    sku = world.new_sku({"store-paris": 3, "dc-lille": 3})
    world.staff.finish(world.staff.wait_for_part(world.shop.place({sku: 1})))
    number = merchant.draft(RANKED)["number"]

    def changed() -> tuple[dict[str, Any], str]:
        """What came of it, and the page; the order is in the lake some time after."""
        name = world.new_id("last-days")
        asked = merchant.replay(name, number, days=2)
        assert asked["status"] in ("QUEUED", "RUNNING")
        told = merchant.replayed(name)
        assert told["status"] == "DONE", told["reason"]
        with urllib.request.urlopen(told["report"]) as page:
            return told["result"], page.read().decode()

    result, page = eventually(
        changed, lambda found: found[0]["moved"] > 0, waiting_for="the order to be replayed"
    )
    assert result["headline"] in page
    assert page.count("<svg") == 2
    load = {each["node"]: each for each in result["load"]}
    assert load["store-paris"]["happened"] > load["store-paris"]["rules"]


def test_a_file_is_replayed(world: World, merchant: Merchant) -> None:
    key, number = f"replays/{world.new_id('past')}.jsonl", merchant.draft(RANKED)["number"]
    history = made_up(600)
    text = "".join(json.dumps(line) + "\n" for line in lines_of(history))
    world.feeder.drop(key, text)
    merchant.replay(key.replace("/", "-"), number, file=key)
    told = merchant.replayed(key.replace("/", "-"))
    assert (told["status"], told["percent"], told["done"]) == ("DONE", 100, 600)
    missing = world.new_id("missing")
    merchant.replay(missing, number, file="replays/nowhere.jsonl")
    told = merchant.replayed(missing)
    assert (told["status"], told["report"]) == ("FAILED", None)
    assert "replays/nowhere.jsonl" in told["reason"]
