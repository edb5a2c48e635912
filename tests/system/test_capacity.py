"""Sixty-four orders at once for a node that takes ten parts a day: it takes ten. What orders may ask of
sourcing over HTTP beside it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from local.actors.api import Problem
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.promising.work_day import days_ahead
from oms.domain.sourcing.rules import Channel, SourcingRules
from oms.domain.sourcing.strategy import Fence, Strategy
from oms.stores import keys
from oms.stores.table import Table

pytestmark = pytest.mark.system

ORDERS, CAPACITY = 64, 10
NODE, CHANNEL = "dc-ten-a-day", "ten-a-day"


def open_for_ten(world: World) -> str:
    """The SKU that only this node has; no later day is offered."""
    config = world.loader.config
    config.put_node(replace(config.node("dc-lille"), id=NODE, daily_capacity=CAPACITY))
    config.put(f"CHANNEL#{CHANNEL}", Channel(CHANNEL, "Ten", "EUR", CHANNEL, nodes=(NODE,)))
    only = Strategy("same day", fences=(Fence("CAPACITY_FULL", 100),), on_none="CANCEL_REST")
    config.put(f"RULES#{CHANNEL}", SourcingRules(CHANNEL, strategies=(only,)))
    return world.new_sku({NODE: ORDERS})


def work_of(world: World) -> dict[str, Any]:
    """The node's day as it is stored: `n` parts, `c` their claims. There is only one."""
    table = Table(world.stack.client("dynamodb"), world.stack.physical("StockTable"))
    node = world.loader.config.node(NODE)
    rows = [
        table.get(keys.day_pk(day), keys.work_sk(NODE))
        for day in days_ahead((node,), int(time.time()))
    ]
    (row,) = [each for each in rows if each]
    return row


def test_a_capacity_of_ten_admits_ten_of_sixty_four(
    world: World, shop: Storefront, service: Service
) -> None:
    sku = open_for_ten(world)
    bodies = [shop.body({sku: 1}, channel=CHANNEL) for _ in range(ORDERS)]
    together = threading.Barrier(ORDERS)

    def buy(body: dict[str, Any]) -> tuple[int, Any]:
        together.wait()
        answer, _ = shop.api.insist("/orders", body)
        return answer.status, answer.body

    with ThreadPoolExecutor(ORDERS) as pool:
        answers = list(pool.map(buy, bodies))

    assert Counter(status for status, _ in answers) == {201: CAPACITY, 409: ORDERS - CAPACITY}
    sold = {body["id"] for status, body in answers if status == 201}
    row = work_of(world)
    assert row["n"] == len(row["c"]) == CAPACITY
    assert {claim.partition(".")[0] for claim in row["c"]} == sold
    item = world.loader.stock.item(sku, NODE)
    assert item is not None
    assert (item.allocated, item.available) == (CAPACITY, ORDERS - CAPACITY)

    one = min(sold)  # what is given up makes room for another, and only for one
    service.cancel(one)
    eventually(lambda: work_of(world)["n"], lambda n: n == CAPACITY - 1)
    assert shop.place({sku: 1}, channel=CHANNEL) not in sold
    assert work_of(world)["n"] == CAPACITY


def test_what_stays_together_comes_from_one_node(world: World, shop: Storefront) -> None:
    here, there = world.new_sku({"dc-lille": 5}), world.new_sku({"dc-leipzig": 5})
    apart = shop.body({here: 1, there: 1})
    gift = shop.body({here: 1, there: 1})
    for line in gift["lines"]:
        line["together"] = "gift"
    with pytest.raises(Problem) as refused:
        shop.send(gift)
    assert refused.value.body["missing"] == {here: 1, there: 1}
    assert {line["backordered"] for line in shop.send(apart)["lines"]} == {0}
    world.add_stock(there, "dc-lille", 5)
    assert shop.send(gift)["id"]
