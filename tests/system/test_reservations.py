"""Carts over HTTP: held, taken over by their order once, given back when they run out."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from local.actors.api import Problem
from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import refused, wait_for_shelf

pytestmark = pytest.mark.system

NODE = "dc-lille"
SHOPPERS, UNITS = 24, 8


def ended(shop: Storefront, id: str, status: str) -> dict[str, Any]:
    return eventually(
        lambda: shop.reservation(id),
        lambda now: now["status"] == status,
        waiting_for=f"reservation {id} to be {status}",
    )


def test_a_cart_becomes_its_order_although_nothing_else_is_left(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({NODE: 3})
    cart = shop.reserve({sku: 3}, key="mine" + world.new_id())
    assert shop.reserve({sku: 3}, key=cart["key"]) == cart
    assert cart["holds"] == [{"sku": sku, "node": NODE, "quantity": 3}]
    refused(lambda: shop.place({sku: 1}), 409, "OutOfStock")
    order = shop.place({sku: 2}, reservation=cart["id"])
    assert ended(shop, cart["id"], "COMMITTED")["order_id"] == order
    wait_for_shelf(world, sku, NODE, allocated=2, available=1)  # what it did not need is free
    world.staff.work_through(order)
    wait_for_shelf(world, sku, NODE, on_hand=1, available=1)


def test_a_cart_runs_out_unless_its_shopper_is_still_there(world: World, shop: Storefront) -> None:
    sku = world.new_sku({NODE: 2})
    gone, here = (shop.reserve({sku: 1}, ttl_s=seconds) for seconds in (1, 600))
    assert shop.extend(here["id"], 1800)["expires_at"] > here["expires_at"]
    world.clock.sweep_until(lambda: shop.reservation(gone["id"])["status"] == "EXPIRED")
    wait_for_shelf(world, sku, NODE, available=1)
    refused(lambda: shop.place({sku: 2}, reservation=gone["id"]), 409, "OutOfStock")
    assert shop.let_go(here["id"])["status"] == "RELEASED"
    wait_for_shelf(world, sku, NODE, available=2)


def test_many_shoppers_at_once_hold_what_there_is_and_no_more(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({NODE: UNITS})

    def buy(number: int) -> str:
        try:
            cart = shop.reserve({sku: 1})
            twice = shop.body({sku: 1}, reservation=cart["id"])
            return str(shop.send(twice)["id"] == shop.send(twice)["id"])
        except Problem as problem:
            return problem.type

    with ThreadPoolExecutor(8) as pool:
        found = Counter(pool.map(buy, range(SHOPPERS)))
    assert found == {"True": UNITS, "OutOfStock": SHOPPERS - UNITS}
    wait_for_shelf(world, sku, NODE, on_hand=UNITS, allocated=UNITS, available=0)
