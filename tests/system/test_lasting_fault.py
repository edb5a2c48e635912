"""A function that fails for longer than all retries ends no execution: the order is parked when that
can be done, goes on when operations say so, and its case closes itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import wait_for_state

pytestmark = pytest.mark.system
FUNCTION, NODE = "AllocateFunction", "dc-lille"


@contextmanager
def broken(world: World, function: str) -> Iterator[None]:
    """Each call of it fails, as after a deployment that lacks a file."""
    client, name = world.stack.client("lambda"), world.stack.physical(function)
    handler = client.get_function_configuration(FunctionName=name)["Handler"]
    client.update_function_configuration(FunctionName=name, Handler="absent.handler")
    try:
        yield
    finally:
        client.update_function_configuration(FunctionName=name, Handler=handler)


def test_a_fault_that_outlasts_parking_itself_ends_no_execution(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({NODE: 5})
    with broken(world, FUNCTION):
        order = shop.place({sku: 2})
        went = wait_for_state(world, order, "ParkAgain")
        assert went == ["Authorise", "Allocate", "Parked", "ParkAgain"]
    seen = service.wait(order, lambda seen: seen.raw["cases"], waiting_for="a case")
    [case] = seen.raw["cases"]
    assert (case["kind"], case["detail"]["stage"]) == ("PARKED", "Allocate")
    listed = world.ops.get("/cases", kind="PARKED", limit=100)["cases"]
    assert order in [each["order_id"] for each in listed]

    resumed = world.ops.post("/executions/resume", {"stage": "Allocate"})
    assert order in resumed["orders"]
    staff.finish(staff.wait_for_part(order))
    seen = service.wait(
        order,
        lambda seen: seen.raw["cases"][0]["status"] == "RESOLVED",
        waiting_for="the case to close itself",
    )
    shop.wait_for(order, "SHIPPED")
