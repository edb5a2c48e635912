"""Scenario 16: nodes tell what they have: over HTTP and by files in the bucket, late, twice and in
any order; what was sold since a count stays sold.
"""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from local.actors.feeder import instant
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system
NODE = "dc-leipzig"


def tell(world: World, id: str, as_of: float, *lines: tuple[str, int], kind: str = "COUNT") -> Any:
    """The outcomes of a feed over HTTP."""
    rows = [{"sku": sku, "quantity": units} for sku, units in lines]
    body = {"id": id, "node": NODE, "kind": kind, "as_of": instant(as_of), "lines": rows}
    told = world.crew(NODE).api.post("/stock/feeds", body)["results"]
    return [(line["outcome"], line["available"]) for line in told]


def test_a_late_count_does_not_bring_back_what_was_sold_since(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({NODE: 10})
    time.sleep(1.1 - time.time() % 1)  # the count is of a second before the sale's
    counted_at = time.time()
    order = shop.place({sku: 3})
    staff.work_through(order)
    wait_for_shelf(world, sku, NODE, on_hand=7)
    late = tell(world, world.new_id("F"), counted_at - 1, (sku, 10))
    assert late == [("BOOKED", 7)], "the three that left since are not there again"
    now = time.time() + 2  # in the very second of the sale, the sale would count as later
    assert tell(world, world.new_id("F"), now, (sku, 7)) == [("BOOKED", 7)]
    assert tell(world, world.new_id("F"), counted_at - 1, (sku, 10)) == [("STALE", 7)]
    found = tell(world, world.new_id("F"), now - 3_600, (sku, -2), kind="DELTA")
    assert found == [("STALE", 7)], "what happened before the count is in it"


def test_a_file_says_how_it_went_and_its_refused_lines_come_back_corrected(world: World) -> None:
    first, second = world.new_sku(), world.new_sku()
    at, name = instant(time.time() - 60), f"stock/{world.new_id('file')}.csv"
    text = (
        "sku,node,quantity,as_of,kind,id\n"
        f"{first},{NODE},5,{at}\n"
        f"{second},{NODE},,{at}\n"
        f'"no, such",{NODE},4,{at}\n'
        f"{first},dc-lille,-2,,DELTA,broken-1\n"
    )
    world.feeder.drop(name, text)
    (load,) = world.feeder.wait_for(name)
    assert (load["status"], load["booked"], load["refused"]) == ("DONE", 1, 3)
    shelf = world.crew(NODE).stock(first)
    assert shelf is not None
    assert shelf["available"] == 5

    (errors,) = load["errors"]
    header, *refused = world.feeder.fetch(errors).splitlines()
    assert header == "sku,node,quantity,as_of,kind,id,reason"
    assert len(refused) == 3
    assert all(line.rpartition(",")[2] for line in refused), "each says why"
    corrected = [header, refused[0].replace(f"{NODE},,", f"{NODE},8,")]
    again = f"stock/{world.new_id('corrected')}.csv"
    world.feeder.drop(again, "\n".join(corrected))
    (load,) = world.feeder.wait_for(again)
    assert (load["booked"], load["refused"], load["errors"]) == (1, 0, [])
    shelf = world.crew(NODE).stock(second)
    assert shelf is not None
    assert shelf["available"] == 8


def test_the_same_file_dropped_twice_changes_nothing(world: World) -> None:
    sku, name = world.new_sku({NODE: 3}), f"stock/{world.new_id('twice')}.jsonl"
    at = instant(time.time() + 5)
    lines = [
        {"sku": sku, "node": NODE, "quantity": 9, "as_of": at},
        {"sku": sku, "node": "dc-lille", "quantity": 4, "kind": "DELTA", "id": "found"},
    ]
    text = "\n".join(map(json.dumps, lines))
    world.feeder.drop(name, text)
    (load,) = world.feeder.wait_for(name)
    assert (load["booked"], load["repeated"]) == (2, 0)
    seen = [world.crew(node).stock(sku) for node in (NODE, "dc-lille")]
    world.feeder.drop(name, text)
    both = world.feeder.wait_for(name, drops=2)
    told = sorted((each["booked"], each["repeated"], each["refused"]) for each in both)
    assert told == [(0, 2, 0), (2, 0, 0)]
    assert [world.crew(node).stock(sku) for node in (NODE, "dc-lille")] == seen


def test_a_file_that_cannot_be_read_says_so(world: World) -> None:
    name = f"stock/{world.new_id('wrong')}.csv"
    world.feeder.drop(name, "article;quantity\nA;1\n")
    (load,) = world.feeder.wait_for(name)
    assert load["status"] == "REFUSED"
    assert "columns sku, node, quantity" in load["reason"]
