"""Scenario 12: asked for online, received at another node than it shipped from, inspected,
refunded to the original tender by the frozen amounts of each unit, restocked or not.
"""

from __future__ import annotations

from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.people import JONAS
from local.actors.service import Return, Service
from local.actors.staff import Staff
from local.actors.storefront import SHIPPING_CENTS, Storefront
from local.actors.world import World
from tests.system.evidence import Told, refused, shelf, told, wait_for_shelf, wait_until_told

pytestmark = pytest.mark.system
SHIPS, TAKES_BACK = "dc-leipzig", "store-berlin"
GOODS, UNITS = 899, (300, 300, 299)  # three for 3.33 each, 1.00 off
TOTAL = GOODS + SHIPPING_CENTS


@pytest.fixture
def sku(world: World) -> str:
    return world.new_sku({SHIPS: 5})


@pytest.fixture
def order(world: World, shop: Storefront, staff: Staff, service: Service, sku: str) -> str:
    """Three units, delivered and paid."""
    body = shop.body({sku: 3}, to=JONAS)
    line = body["lines"][0] | {"unit_price": 333, "discount": 100}
    id = str(shop.send(body | {"lines": [line], "total": TOTAL})["id"])
    [part] = staff.work_through(id)
    world.carrier.deliver(part)
    service.wait(
        id,
        lambda seen: (seen.status, seen.money["captured"]) == ("COMPLETED", TOTAL),
        waiting_for="its end",
    )
    return id


def ask(shop: Storefront, order: str, quantity: int, key: str) -> Return:
    row = {"line": 1, "quantity": quantity, "reason": "CHANGED_MIND"}
    return dict(shop.api.post(f"/orders/{order}/returns", {"key": key, "lines": [row]}))


def refunded(world: World, order: str) -> tuple[int, int]:
    """Captured and refunded so far."""
    money = world.service.see(order).money
    return money["captured"], money["refunded"]


def test_units_come_back_to_a_store_and_are_refunded_at_their_frozen_prices(
    world: World, shop: Storefront, service: Service, order: str, sku: str
) -> None:
    back = ask(shop, order, 2, "first")
    assert (back["status"], back["money"], back["lines"][0]["advised"]) == ("APPROVED", "NONE", 2)
    back = service.receive_return(back, TAKES_BACK)
    wait_for_shelf(world, sku, TAKES_BACK, on_hand=2, unavailable=2, available=0)
    service.inspect_return(back, TAKES_BACK, "RESTOCK")
    back = service.wait_for_refund(back)
    assert (back["amount"], back["node"]) == (UNITS[0] + UNITS[1], TAKES_BACK)
    wait_for_shelf(world, sku, TAKES_BACK, on_hand=2, unavailable=0, available=2)
    assert shelf(world, sku, SHIPS).on_hand == 2, "the node it shipped from gets nothing"

    last = ask(shop, order, 1, "second")
    last = service.receive_return(last, TAKES_BACK)
    service.inspect_return(last, TAKES_BACK, "DESTROY")
    last = service.wait_for_refund(last)
    assert last["amount"] == UNITS[2] + SHIPPING_CENTS, "all of it came back: shipping, too"
    wait_for_shelf(world, sku, TAKES_BACK, on_hand=2, unavailable=0, available=2)

    assert refunded(world, order) == (TOTAL, TOTAL)
    problem = refused(lambda: ask(shop, order, 1, "third"), 409, "NothingToReturn")
    assert problem["errors"][0]["pointer"] == "/lines/0"
    assert shop.see(order).raw["lines"][0]["quantities"]["returned"] == 3
    done(service, last)
    each = ("RETURN_REQUESTED", "RETURNED", "REFUNDED")
    expected = {Told(status, number): 1 for status in each for number in (1, 2)}
    eventually(
        lambda: told(world, order), lambda t: expected.items() <= t.items(), waiting_for="messages"
    )


def done(service: Service, back: Return) -> None:
    eventually(
        lambda: service.see_return(back["order_id"], back["number"]),
        lambda now: now["status"] == "COMPLETED",
        waiting_for=f"return {back['number']} of {back['order_id']} to be COMPLETED",
    )


def test_what_is_not_accepted_is_not_refunded_and_not_sold_again(
    world: World, shop: Storefront, service: Service, order: str, sku: str
) -> None:
    back = service.receive_return(ask(shop, order, 2, "worn"), TAKES_BACK)
    rows = [{"line": 1, "accepted": 0, "disposition": "QUARANTINE"}]
    path = f"/orders/{order}/returns/{back['number']}/inspect"
    world.crew(TAKES_BACK).api.post(path, {"node": TAKES_BACK, "lines": rows})
    eventually(
        lambda: service.see_return(order, back["number"]),
        lambda now: now["money"] == "DENIED",
        waiting_for="the refund to be denied",
    )
    assert refunded(world, order) == (TOTAL, 0)
    assert shelf(world, sku, TAKES_BACK).available == 0
    assert wait_until_told(world, order, "RETURN_REJECTED")[Told("RETURN_REJECTED", 1)] == 1


def test_a_fee_is_kept_back_and_fewer_may_arrive_than_were_announced(
    world: World, shop: Storefront, service: Service, order: str
) -> None:
    back = ask(shop, order, 2, "fee")
    counter = world.crew(TAKES_BACK).api
    path = f"/orders/{order}/returns/{back['number']}"
    some: dict[str, Any] = {"node": TAKES_BACK, "lines": [{"line": 1, "arrived": 1}]}
    assert counter.post(f"{path}/receive", some)["status"] == "PARTIALLY_RECEIVED"
    judged = {"line": 1, "accepted": 1, "disposition": "RESTOCK"}
    counter.post(f"{path}/inspect", {"node": TAKES_BACK, "lines": [judged], "fee": 50})
    assert service.wait_for_refund(back)["amount"] == UNITS[0] - 50
    assert ask(shop, order, 2, "the others")["status"] == "APPROVED"


def test_across_the_counter_it_is_one_step(
    world: World, service: Service, order: str, sku: str
) -> None:
    row = {"line": 1, "quantity": 3, "reason": "DOES_NOT_FIT"}
    body = {"key": "counter", "node": TAKES_BACK, "lines": [row]}
    back = world.crew(TAKES_BACK).api.post(f"/orders/{order}/returns/counter", body)
    assert service.wait_for_refund(back)["amount"] == TOTAL
    assert refunded(world, order) == (TOTAL, TOTAL)
    wait_for_shelf(world, sku, TAKES_BACK, on_hand=3, available=3)


def test_what_never_left_cannot_be_returned(shop: Storefront, sku: str) -> None:
    order = shop.place({sku: 2}, to=JONAS)
    refused(lambda: ask(shop, order, 1, "early"), 409, "NothingToReturn")
