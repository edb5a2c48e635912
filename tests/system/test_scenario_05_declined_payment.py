"""Scenario 5: the payment is declined: cancelled, stock free again, customer told, no money."""

from __future__ import annotations

import pytest

from local.actors.service import Service
from local.actors.storefront import DECLINED_CARD, Storefront
from local.actors.world import World
from tests.system.evidence import Told, refused, wait_for_end, wait_for_shelf, wait_until_told

pytestmark = pytest.mark.system
NODE = "dc-lille"


def test_a_declined_order_is_cancelled_and_holds_nothing(
    world: World, shop: Storefront, service: Service
) -> None:
    sku = world.new_sku({NODE: 4})
    order = shop.place({sku: 3}, pay_with=DECLINED_CARD)
    seen = service.wait(order, lambda seen: seen.status == "CANCELLED", waiting_for="CANCELLED")
    wait_for_shelf(world, sku, NODE, on_hand=4, allocated=0, available=4)
    assert (seen.customer_status, seen.raw["cancel_reason"]) == ("CANCELLED", "PAYMENT_DECLINED")
    money = seen.money
    assert (money["authorised"], money["captured"], money["open"]) == ("NONE", 0, 0), money
    assert seen.parts == []
    assert wait_for_end(world, order) == ["Authorise", "Allocate", "ByAllocation", "Conclude"]
    told = wait_until_told(world, order, "PAYMENT_DECLINED")
    assert told == {Told("PAYMENT_DECLINED", 0): 1}, "nobody was told that it is prepared"


def test_it_stays_declined_and_its_stock_is_for_others(world: World, shop: Storefront) -> None:
    sku = world.new_sku({NODE: 1})
    body = shop.body({sku: 1}, pay_with=DECLINED_CARD)
    order = shop.send(body)["id"]
    shop.wait_for(order, "CANCELLED")
    wait_for_shelf(world, sku, NODE, available=1)
    assert shop.send(body)["id"] == order
    assert shop.see(order).status == "CANCELLED"
    refused(lambda: shop.send(body | {"payment": {"token": "tok_ok"}}), 409, "IdempotencyConflict")
    assert shop.place({sku: 1}) != order
