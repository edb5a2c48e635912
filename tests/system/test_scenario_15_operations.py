"""The same orders from operations' side: the execution alone tells where an order is and why, a
parked one is resumed, no right is missing, and logs name nobody. Runs last: it reads what the
functions printed for all tests before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from local.actors.api import Problem
from local.actors.people import CAMILLE, PEOPLE
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.diagnosis import functions
from local.seed.channels import WEB
from tests.system.evidence import (
    refused,
    shelf,
    wait_for_end,
    wait_for_shelf,
    wait_for_state,
)

pytestmark = pytest.mark.system
NODE = "dc-lille"
DENIED = re.compile(r"AccessDenied|not authorized to perform|UnauthorizedOperation")


@pytest.mark.parametrize(
    ("state", "wishes", "stock"),
    [
        ("Fulfil", {}, 5),
        ("AwaitPayment", {"pay_with": "tok_late"}, 5),
        ("AwaitStock", {"channel": "patient"}, 0),
    ],
)
def test_the_state_of_its_execution_says_what_an_order_waits_for(
    world: World, shop: Storefront, state: str, wishes: dict[str, str], stock: int
) -> None:
    sku = world.new_sku({NODE: stock} if stock else {})
    order = shop.place({sku: 2}, **wishes)
    wait_for_state(world, order, state)


def unconfigured(world: World, shop: Storefront, sku: str) -> tuple[str, str]:
    """An order whose channel disappeared after it was accepted, and the channel's row.

    The function that takes orders still knows the channel; which of its workers answers is
    chance, so it may take more than one try.
    """
    config = world.stack.client("dynamodb")
    for _ in range(9):
        channel = world.new_id("fleeting")
        row = f"CHANNEL#{channel}"
        world.loader.config.put(row, replace(WEB, id=channel))
        too_many = shop.body({sku: 99}, channel=channel)
        refused(lambda b=too_many: shop.send(b), 409, "OutOfStock")
        key = {"pk": {"S": row}, "sk": {"S": "ACTIVE"}}
        config.delete_item(TableName=world.stack.physical("ConfigTable"), Key=key)
        try:
            return shop.place({sku: 2}, channel=channel), channel
        except Problem:
            continue
    raise AssertionError("no order was taken for the missing channel")


def test_a_fault_parks_the_execution_and_it_goes_on_once_repaired(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku({NODE: 5})
    order, channel = unconfigured(world, shop, sku)
    went = wait_for_state(world, order, "Parked")
    assert went == ["Authorise", "Allocate", "Parked"], "where it failed"
    assert shelf(world, sku, NODE).allocated == 2, "what was promised stays held"

    world.loader.config.put(f"CHANNEL#{channel}", replace(WEB, id=channel))  # the repair
    seen = service.wait(order, lambda seen: seen.raw["cases"], waiting_for="a case")
    [case] = seen.raw["cases"]
    assert (case["kind"], case["status"]) == ("PARKED", "OPEN")
    assert case["detail"]["reason"], "the case says why"
    assert world.ops.post(f"/orders/{order}/resume") == {"resumed": ["ORDER"]}
    part = staff.wait_for_part(order)
    again = ["Authorise", "Allocate", "ByAllocation", "Fulfil"]
    assert wait_for_state(world, order, "Fulfil") == [*went, *again]
    world.carrier.deliver(staff.finish(part))
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    assert (seen.money["charged"], seen.events.count("order.confirm")) == ("FULL", 1)
    wait_for_shelf(world, sku, NODE, on_hand=3, allocated=0, staged=0)
    wait_for_end(world, order)
    path = f"/orders/{order}/cases/PARKED/{case['part']}/resolve"
    assert service.api.post(path, {"note": "channel restored"})["status"] == "RESOLVED"


def printed(world: World) -> Iterator[tuple[str, str]]:
    """Every line that a function printed, with the function."""
    logs = world.stack.client("logs")
    for function in functions(world.stack):
        try:
            yield from ((function, line) for line in world.stack.logs(function))
        except logs.exceptions.ResourceNotFoundException:
            continue  # it never ran


def test_no_function_lacks_a_right(world: World) -> None:
    denied = [
        f"{function}: {line[:300]}" for function, line in printed(world) if DENIED.search(line)
    ]
    assert not denied, "\n".join(denied[:5])


def test_no_log_names_a_customer(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    """Also not where something was refused or went wrong."""
    sku = world.new_sku({NODE: 5})
    order = shop.place({sku: 2})
    world.carrier.deliver(*staff.work_through(order))
    service.request_return(order, {1: 1})
    refused(lambda: shop.send(shop.body({sku: 99})), 409, "OutOfStock")
    odd = shop.body({sku: 1}) | {"ship_to": CAMILLE.address | {"country": "Frankreich"}}
    refused(lambda: shop.send(odd), 422, "ValidationFailed")
    world.marketplace.raw(json.dumps({"buyer": {"buyerEmail": CAMILLE.email}, "orderItems": []}))

    words = {w for p in PEOPLE for w in (p.name, p.email, p.line1, p.id, "customer.example")}
    personal = re.compile("|".join(map(re.escape, sorted(words))), re.IGNORECASE)
    told = [
        f"{function}: {found.group()!r} in {line[:300]}"
        for function, line in printed(world)
        if (found := personal.search(line))
    ]
    assert not told, "\n".join(told[:5])
