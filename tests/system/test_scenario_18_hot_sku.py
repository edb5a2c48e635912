"""A flash sale: a SKU is made hot while it sells, sells out to the last unit, and cools down."""

from __future__ import annotations

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.hot_stock.heat import HOT_CLAIMS_PER_S
from oms.domain.model.stock_item import StockItem, problems

pytestmark = pytest.mark.system

NODE = "dc-lille"  # keeps no safety stock
STOCK, BUYERS, CLIENTS = 40, 60, 16


def heat(world: World, sku: str, mode: str) -> dict[str, Any]:
    body = json.dumps({"mode": mode}).encode()
    return dict(world.ops.call("PUT", f"/stock/{sku}/nodes/{NODE}/heat", body).body)


def at_node(world: World, sku: str) -> dict[str, Any]:
    (item,) = world.ops.get(f"/stock/{sku}")["items"]
    return dict(item)


def first(world: World, sku: str) -> StockItem:
    item = world.loader.stock.items.get(sku, NODE)
    assert item
    return item


def test_a_sku_that_becomes_hot_and_cools_again_sells_each_unit_once(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({NODE: STOCK})
    bodies = [shop.body({sku: 1}) for _ in range(BUYERS)]
    modes = {BUYERS // 6: "ALWAYS", BUYERS // 2: "AUTO", 2 * BUYERS // 3: "ALWAYS"}

    def buy(number: int) -> int:
        if number in modes:
            heat(world, sku, modes[number])
        return shop.api.insist("/orders", bodies[number])[0].status

    with ThreadPoolExecutor(CLIENTS) as buyers:
        answers = list(buyers.map(buy, range(BUYERS)))
    assert Counter(answers) == {201: STOCK, 409: BUYERS - STOCK}
    seen = world.loader.stock.items.whole(sku, NODE)
    assert seen
    assert (seen.on_hand, seen.allocated, seen.available) == (STOCK, STOCK, 0)
    assert problems(seen) == []
    assert seen.pages
    assert seen.pages.last > 0, "nobody claimed on a page"


def test_an_order_from_a_page_is_shipped_and_its_cancelled_twin_goes_back_on_sale(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({NODE: STOCK})
    assert heat(world, sku, "ALWAYS")["hot"]
    kept, cancelled = shop.place({sku: 2}), shop.place({sku: 1})
    world.staff.work_through(kept)
    shop.api.post(f"/orders/{cancelled}/cancel", {"reason": "NO_LONGER"})
    left = eventually(
        lambda: at_node(world, sku),
        lambda seen: (seen["on_hand"], seen["available"]) == (STOCK - 2, STOCK - 2),
        waiting_for="the shipment and the cancellation to be booked",
    )
    assert (left["allocated"], left["staged"]) == (0, 0)
    heat(world, sku, "AUTO")
    eventually(
        lambda: first(world, sku),
        lambda item: item.available == STOCK - 2,
        waiting_for="all units to be back on one item",
    )
    assert not at_node(world, sku)["hot"]


def test_a_cart_holds_the_last_units_of_a_hot_sku_and_orders_them(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({NODE: 2})
    assert heat(world, sku, "ALWAYS")["hot"]
    cart = shop.reserve({sku: 2})["id"]
    assert at_node(world, sku)["soft"] == 2
    refused, _ = shop.api.insist("/orders", shop.body({sku: 1}))
    assert refused.status == 409
    assert shop.place({sku: 2}, reservation=cart)
    eventually(
        lambda: at_node(world, sku),
        lambda seen: (seen["soft"], seen["allocated"], seen["available"]) == (0, 2, 0),
        waiting_for="the cart to be the order's",
    )


def test_a_rush_in_the_stream_heats_a_sku(world: World, shop: Storefront) -> None:
    """The stream's records are made up: the local cloud takes no such rush."""
    sku = world.new_sku({NODE: STOCK})
    key = {"pk": {"S": f"SKU#{sku}"}, "sk": {"S": f"NODE#{NODE}"}}
    now = int(time.time())  # what heated long ago would cool at once
    image = {**key, "av": {"N": "0"}, "v": {"N": "1"}, "al": {"N": "0"}, "c": {"M": {}}}

    def record(number: int) -> dict[str, Any]:
        claims = {f"{number:016d}.1": {"S": "A1"}}
        new = {**image, "c": {"M": claims}}
        data = {"Keys": key, "OldImage": image, "NewImage": new, "SequenceNumber": str(number)}
        return {"eventName": "MODIFY", "dynamodb": data | {"ApproximateCreationDateTime": now}}

    event = {"Records": [record(number) for number in range(HOT_CLAIMS_PER_S)]}
    client, name = world.stack.client("lambda"), world.stack.physical("FollowStockFunction")
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    assert json.loads(answer["Payload"].read()) == {"batchItemFailures": []}
    assert at_node(world, sku)["hot"]
    assert shop.place({sku: 1})
    assert first(world, sku).allocated == 0  # on a page
