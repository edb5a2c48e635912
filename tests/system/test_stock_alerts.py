"""Stock runs low, out, and comes back: cases that open and close, events, campaigns that pause."""

from __future__ import annotations

from typing import Any

import pytest

from local.actors.listener import Listener
from local.actors.patience import eventually
from local.actors.world import World
from oms.domain.model.product import Product
from oms.domain.model.stock_levels import StockAlerts
from tests.system.books import AuditBooks

pytestmark = pytest.mark.system

HERE = "dc-lille"
TOLD = ("stock.", "campaign.")


def watched(world: World, **alerts: Any) -> tuple[str, Listener]:
    sku = world.new_sku()
    world.loader.product(Product(sku, sku, 500, alerts=StockAlerts(**alerts)))
    return sku, Listener(world.stack, world.new_id("HEARS"), sku)


def count(world: World, sku: str, units: int) -> None:
    body = {"id": world.new_id(), "sku": sku, "node": HERE, "counted": units}
    world.crew(HERE).api.post("/stock/counts", body)


def open_cases(world: World, sku: str) -> list[str]:
    """Of this SKU, after one more run of the auditor."""
    world.ops.post("/audit")
    every = world.ops.get("/stock-cases")["cases"]
    return [f"{case['kind']} {case['node']}" for case in every if case["sku"] == sku]


def told(listener: Listener) -> list[str]:
    return sorted(type for type in listener.heard() if type.startswith(TOLD))


def test_low_out_and_back(world: World) -> None:
    sku, bus = watched(world, low_stock=3, channels=("web", "amazon"))
    wanted: list[str] = []
    for units, case, news in (
        (3, ["STOCK_LOW *"], ["stock.low"]),
        (0, ["STOCK_OUT *"], ["stock.out", "campaign.paused"]),
        (9, [], ["stock.back", "campaign.resumed"]),
    ):
        if units == 3:
            world.add_stock(sku, HERE, units)
        else:
            count(world, sku, units)
        eventually(
            lambda: open_cases(world, sku),
            lambda found, case=case: found == case,
            waiting_for=f"cases to be {case}",
        )
        wanted = sorted([*wanted, *news])
        eventually(
            lambda: told(bus),
            lambda found, wanted=wanted: found == wanted,
            waiting_for=f"the bus to tell {news}",
        )
    pause = next(each for each in bus.events.values() if each["type"] == "campaign.paused")
    assert (pause["sku"], pause["channels"]) == (sku, ["web", "amazon"])
    of_the_node = {"stock_item.depleted", "stock_item.replenished"}
    assert of_the_node <= set(bus.heard()), "the node's own are told as ever"
    assert open_cases(world, sku) == []
    assert told(bus) == wanted, "once"


def test_more_than_lasts_for_the_target(world: World) -> None:
    sku, bus = watched(world, target_days=30, nodes={HERE: 1})
    world.add_stock(sku, HERE, 5)  # nobody asks for it
    wanted = [f"STOCK_OVER {site}" for site in ("*", HERE)]
    eventually(
        lambda: sorted(open_cases(world, sku)),
        lambda found: found == wanted,
        waiting_for="over stock, of the network and at the watched node",
    )
    eventually(
        lambda: told(bus), lambda found: found == ["stock.over"] * 2, waiting_for="both to be told"
    )


def test_stock_that_sells_ever_less_becomes_too_much_without_moving(world: World) -> None:
    sku, bus = watched(world, target_days=14)
    books = AuditBooks(world, HERE)
    world.add_stock(sku, HERE, 10)
    books.sold(sku, 1, range(28))
    count(world, sku, 10)  # so that it is looked at, with that pace
    books.wait_until_folded(sku)
    eventually(
        lambda: told(bus),
        lambda found: found == ["stock.normal", "stock.over"],
        waiting_for="the bus to tell: over, until it is known to sell",
    )
    books.sold(sku, 1, range(10))
    books.is_a_day_later(sku)
    eventually(
        lambda: open_cases(world, sku),
        lambda found: found == ["STOCK_OVER *"],
        waiting_for="its case to be open again",
    )
    eventually(
        lambda: told(bus),
        lambda found: found == ["stock.normal", "stock.over", "stock.over"],
        waiting_for="the bus to tell that it is too much again",
    )


def test_what_to_order_and_what_to_move_is_proposed_the_cheapest_lane_first(world: World) -> None:
    rich, near, far = (AuditBooks(world, node) for node in (HERE, "dc-leipzig", "store-lyon"))
    sku = world.new_sku()
    for books, units in ((rich, 100), (near, 1), (far, 1)):
        world.add_stock(sku, books.node, units)
        books.sold(sku, 0 if books is rich else 1, range(28))
    proposed = world.ops.get(f"/stock/{sku}/proposals")
    moves = [(at["source"], at["destination"], at["quantity"]) for at in proposed["transfers"]]
    assert sorted(moves) == [(HERE, "dc-leipzig", 13), (HERE, "store-lyon", 13)]
    costs = [at["cost"] for at in proposed["transfers"]]
    assert costs == sorted(costs)
    assert proposed["daily_demand"] == "2.000"
    assert (proposed["reorder"]["position"], proposed["reorder"]["quantity"]) == (102, 0)
    count(world, sku, 0)
    poor = world.ops.get(f"/stock/{sku}/proposals")
    assert poor["transfers"] == []
    point = poor["reorder"]["reorder_point"]
    assert poor["reorder"]["quantity"] == point + 2 * 14 - 2, "up to the target beyond the point"
