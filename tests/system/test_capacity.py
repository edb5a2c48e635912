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
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.model.channel import Channel
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import Fence, Strategy
from oms.domain.promising.work_day import days_ahead
from oms.stores.capacity import keys
from oms.stores.dynamo.table import Table
from tests.system.evidence import wait_for_state

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
    item = world.loader.stock.items.get(sku, NODE)
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


def test_what_waited_and_what_is_moved_keep_to_the_capacity_of_each_day(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    """Four orders wait for stock at a node of three parts a day, four are moved to it at once."""
    few, each_day, rest = 4, 3, "dc-leipzig"
    node, channel = "dc-three-a-day", "three-a-day"
    config = world.loader.config
    config.put_node(replace(config.node("dc-lille"), id=node, daily_capacity=each_day))
    patient = Channel(channel, "Three", "EUR", nodes=(node, rest), backorder=True)
    config.put(f"CHANNEL#{channel}", patient)
    waits, moves = world.new_sku(), world.new_sku({rest: few})
    waiting = [shop.place({waits: 1}, channel=channel) for _ in range(few)]
    moving = [shop.place({moves: 1}, channel=channel) for _ in range(few)]
    parts = [staff.wait_for_part(order) for order in moving]
    world.loader.receive(moves, node, few)
    for order in waiting:
        wait_for_state(world, order, "AwaitStock")
    world.loader.receive(waits, node, few)
    with ThreadPoolExecutor(few) as pool:
        moved = pool.map(lambda part: service.move(part["order_id"], part["part"], node), parts)
        assert {part["node"] for part in moved} == {node}
    for order in waiting:
        assert staff.wait_for_part(order)["node"] == node

    def places() -> dict[str, str]:
        table = Table(world.stack.client("dynamodb"), world.stack.physical("StockTable"))
        days = days_ahead((config.node(node),), int(time.time()))
        rows = [table.get(keys.day_pk(day), keys.work_sk(node)) for day in days]
        assert all(row["n"] == len(row["c"]) <= each_day for row in rows if row)
        return {claim.partition(".")[0]: row["pk"] for row in rows if row for claim in row["c"]}

    found = places()
    assert set(found) == {*waiting, *moving}
    assert sorted(Counter(found.values()).values()) == [2, 3, 3]
