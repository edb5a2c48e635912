"""Scenario 18: a node counts some of its SKUs while it goes on selling."""

from __future__ import annotations

import time

import pytest

from local.actors.patience import eventually
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import shelf, wait_for_shelf

pytestmark = pytest.mark.system
NODE = "dc-leipzig"


def test_what_is_sold_between_counting_and_posting_stays_sold(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku, other, id = world.new_sku({NODE: 10}), world.new_sku(), world.new_id("COUNT")
    api = world.crew(NODE).api
    time.sleep(1.1)  # the delivery above is of an earlier second than the count
    api.post("/counts", {"id": id, "node": NODE, "skus": [sku, other]})
    api.post(f"/counts/{id}/assign", {"assignee": "Ines"})
    lines = [{"sku": sku, "counted": 8}, {"sku": other, "counted": 1}]
    assert api.post(f"/counts/{id}/count", {"lines": lines})["status"] == "COUNTED"
    time.sleep(1.1)  # the sale is of a later second
    staff.work_through(shop.place({sku: 3}))
    wait_for_shelf(world, sku, NODE, on_hand=7)

    seen = api.post(f"/counts/{id}/review")
    assert [(x["expected"], x["variance"]) for x in seen["lines"]] == [(10, -2), (0, 1)]
    assert [each["id"] for each in api.get(f"/nodes/{NODE}/counts")["counts"]] == [id]
    for _ in range(2):
        assert api.post(f"/counts/{id}/post")["status"] == "POSTED"
    eventually(
        lambda: api.get(f"/counts/{id}"),
        lambda now: all(line["outcome"] == "BOOKED" for line in now["lines"]),
        waiting_for="the count to be booked",
    )
    assert (shelf(world, sku, NODE).on_hand, shelf(world, other, NODE).on_hand) == (5, 1)
