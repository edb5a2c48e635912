"""Scenario 11: express click and collect: collected with a code, or never collected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from local.actors.lines import DEFAULT_CENTS
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.channels import COLLECT_NOW
from local.seed.network import NODES
from oms.domain.model.node import STORE as STORE_KIND
from tests.system.calendars import works
from tests.system.evidence import (
    Shelf,
    Told,
    refused,
    shelf,
    wait_for_end,
    wait_for_shelf,
    wait_until_told,
)

pytestmark = pytest.mark.system
STORE = "store-paris"
STORES = {node.id: node for node in NODES if node.kind == STORE_KIND}
WRONG = "not-it"
DAYS = 10


def opening(node_id: str) -> Iterator[tuple[datetime, datetime]]:
    """Opening times of a store from now on, as its door says."""
    node, zone = STORES[node_id], ZoneInfo(STORES[node_id].timezone)
    now = datetime.now(zone)
    for ahead in range(DAYS):
        day = (now + timedelta(days=ahead)).date()
        for opens, closes in node.hours.get(day.weekday(), ()) if works(node, day) else ():
            times = [datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)
                     for clock in (opens, closes)]  # fmt: skip
            if times[1] > now:
                yield times[0], times[1]


def minutes_open(node_id: str, until: datetime) -> float:
    """How long the store is open from now until then."""
    now, open_s = datetime.now(UTC), 0.0
    for opens, closes in opening(node_id):
        if opens >= until:
            return open_s / 60
        open_s += (min(closes, until) - max(opens, now)).total_seconds()
    raise AssertionError("a store opens again and again")


@pytest.mark.parametrize("store", STORES)
def test_the_promise_is_ready_within_one_to_two_opening_hours(
    world: World, shop: Storefront, store: str
) -> None:
    order = shop.send(shop.body({world.new_sku({store: 5}): 1}, collect_at=store))
    ready = datetime.fromisoformat(order["promise"]["ready_by"])
    assert any(opens <= ready <= closes for opens, closes in opening(store)), "it is closed then"
    asked_ago = 1  # the promise was made a moment before this clock is read
    assert 60 - asked_ago <= minutes_open(store, ready) <= 120, order["promise"]


def test_it_is_reserved_at_the_store_and_collected_with_the_code(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({STORE: 3, "dc-lille": 50})
    order = shop.place({sku: 2}, collect_at=STORE)
    assert shelf(world, sku, STORE) == Shelf(3, allocated=2, available=1)
    part = staff.wait_for_part(order)
    assert (part["node"], part["method"]) == (STORE, "PICKUP")
    part = staff.finish(part)
    seen = shop.see(order)
    code = seen.parts[0]["pickup_code"]
    assert (seen.customer_status, seen.money["captured"]) == ("READY_FOR_PICKUP", 0)
    wait_until_told(world, order, "READY_FOR_PICKUP")
    assert "pickup_code" not in staff.at(STORE).see(order, 1), "the code is the customer's"

    problem = refused(lambda: staff.do("collect", part, code=WRONG), 403, "Forbidden")
    assert problem["tries_left"] == 4
    assert staff.do("collect", part, code=code)["status"] == "PICKED_UP"
    service.wait(
        order,
        lambda seen: seen.money["captured"] == 2 * DEFAULT_CENTS and seen.status == "COMPLETED",
        waiting_for="its capture",
    )
    wait_for_shelf(world, sku, STORE, on_hand=1, staged=0, allocated=0, available=1)
    told = wait_until_told(world, order, "PICKED_UP")
    assert max(told.values()) == 1, told
    assert wait_for_end(world, order)[-1] == "Conclude"


def test_too_many_wrong_codes_lock_the_part_until_customer_service_helps(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    order = shop.place({world.new_sku({STORE: 3}): 1}, collect_at=STORE)
    part = staff.finish(staff.wait_for_part(order))
    code = shop.see(order).parts[0]["pickup_code"]
    for _ in range(5):
        refused(lambda: staff.do("collect", part, code=WRONG), 403, "Forbidden")
    problem = refused(lambda: staff.do("collect", part, code=code), 403, "Forbidden")
    assert problem["locked"]
    refused(lambda: staff.do("collect", part, proof="ID"), 403, "Forbidden")
    service.api.post(f"/orders/{order}/fulfilment-orders/1/collect", {"proof": "ID"})
    shop.wait_for(order, "PICKED_UP")


@pytest.mark.parametrize("capture_at", ["PICKED_UP", "READY_FOR_PICKUP"])
def test_never_collected_is_reminded_expired_refunded_and_restocked(
    world: World, shop: Storefront, staff: Staff, service: Service, capture_at: str
) -> None:
    channel, sku = world.new_id("collect"), world.new_sku({STORE: 4})
    config = replace(COLLECT_NOW, id=channel, capture_pickup_at=capture_at)
    world.loader.config.put(f"CHANNEL#{channel}", config)
    order = shop.place({sku: 2}, collect_at=STORE, channel=channel)
    staff.finish(staff.wait_for_part(order))
    price = 2 * DEFAULT_CENTS
    charged = price if capture_at == "READY_FOR_PICKUP" else 0
    service.wait(order, lambda seen: seen.money["captured"] == charged, waiting_for="its capture")

    world.clock.sweep_until(lambda: shop.see(order).customer_status == "UNCOLLECTED")
    seen = service.wait(order, lambda seen: seen.status == "CANCELLED", waiting_for="CANCELLED")
    assert (seen.money["captured"], seen.money["refunded"]) == (charged, charged), seen.money
    assert (seen.money["open"], seen.money["refund_due"]) == (0, 0), seen.money
    wait_for_shelf(world, sku, STORE, on_hand=4, allocated=0, staged=0, available=4)
    events = [event for event in seen.events if event.startswith("fulfilment.")]
    assert events[-2:] == ["fulfilment.remind", "fulfilment.lapse"]
    expected = ["PICKUP_REMINDER", "UNCOLLECTED", *(["REFUNDED"] if charged else [])]
    told = wait_until_told(world, order, *expected)
    assert told[Told("PICKUP_REMINDER", 1)] == told[Told("UNCOLLECTED", 1)] == 1
    assert max(told.values()) == 1, told
