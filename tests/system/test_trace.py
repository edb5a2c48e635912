"""One order from `POST /orders` to delivery, followed through the logs of all functions."""

from __future__ import annotations

import time
from typing import Any

import pytest

from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tools.trace import shown, story

pytestmark = pytest.mark.system
NODE = "dc-lille"
STEPS = "placed confirm route assign accept pick pack label ship deliver complete".split()
WITHIN_S = 30.0


def test_the_logs_tell_the_whole_story_of_an_order(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({NODE: 2})
    order = shop.place({sku: 1})
    part = staff.wait_for_part(order)
    part = staff.do("accept", part, version=part["version"])
    part = staff.do("pick", part, scans=[sku])
    for step in ("pack", "label", "ship"):
        part = staff.do(step, part)
    world.carrier.scan("DELIVERED", part)
    service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")

    found = wait_for_story(world, order)
    tasks = [line["task"] for line in found if line["message"] == "task"]
    assert {"authorise", "allocate", "await", "conclude"} <= set(tasks)
    routes = [line["route"] for line in found if line["message"] == "request"]
    assert {"POST /orders", "POST /orders/{order_id}/fulfilment-orders/{part}/ship"} <= set(routes)
    assert [line["timestamp"] for line in found] == sorted(line["timestamp"] for line in found)
    placed = next(line for line in found if line.get("route") == "POST /orders")
    same = [line for line in found if line.get("correlation_id") == placed["correlation_id"]]
    assert {"request", "task", "message", "record"} <= {line["message"] for line in same}
    text = "\n".join(map(shown, found))
    assert "POST /orders" in text


def wait_for_story(world: World, order: str) -> list[dict[str, Any]]:
    """Lines reach the log a moment after what they tell of."""
    name = world.stack.deployment.stack_name
    deadline = time.monotonic() + WITHIN_S
    while True:
        found = story(world.stack.client, name, order)
        events = {line["event"] for line in found if line["message"] == "record"}
        if set(STEPS) <= events and "conclude" in {line.get("task") for line in found}:
            return found
        assert time.monotonic() < deadline, "\n".join(map(shown, found))
        time.sleep(0.2)
