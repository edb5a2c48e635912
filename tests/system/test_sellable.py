"""What a channel may sell, over HTTP: the demo's stores keep one of everything."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from local.actors.api import Problem
from local.actors.feeder import instant
from local.actors.lines import DEFAULT_CENTS
from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.network import NODES
from oms.domain.model.channel import Channel
from oms.domain.model.node import DROP_SHIPPER, PICKUP, SHIP, Node
from oms.domain.model.product import Product
from oms.domain.model.safety import SafetyRule
from tests.system.evidence import problem_of, refused

pytestmark = pytest.mark.system


FRESH_S = 3_600


def ask(shop: Storefront, sku: str, channel: str = "web") -> dict[str, Any]:
    found: dict[str, Any] = shop.api.get(f"/stock/{sku}/sellable", channel=channel)["methods"]
    return found


def remote(world: World, **what: Any) -> Node:
    """A node of its own, on an island, so that no other test meets it."""
    id = world.new_id("node").lower()
    at = replace(NODES[0].address, city="Valverde", lat="27.8063", lon="-17.9158")
    node = replace(NODES[0], id=id, address=at, safety=0, **what)
    world.loader.config.put_node(node)
    return node


def own_channel(world: World, node: Node, **what: Any) -> str:
    """A channel that sells from this node only."""
    id = world.new_id("channel").lower()
    world.loader.config.put(f"CHANNEL#{id}", Channel(id, id, "EUR", nodes=(node.id,), **what))
    return id


SAFETY = """
# keeps back of 20      | SHIP | PICKUP | and a channel with a buffer of 3 and of 25 %
the node 1              | 19   | 19     | 14
SKU at the node 2       | 18   | 18     | 13
SKU to collect 6        | 19   | 14     | 14
category 4              | 16   | 16     | 12
network 30 %            | 14   | 14     | 10
"""


def test_safety_stock_and_buffers_by_sku_method_category_node_and_network(
    world: World, shop: Storefront
) -> None:
    at_node, collected, cared, shared, plain = (world.new_id("SKU") for _ in range(5))
    skus, category = (plain, at_node, collected, cared, shared), world.new_id("FRAGILE")
    rules = (
        SafetyRule(1),
        SafetyRule(2, sku=at_node),
        SafetyRule(6, sku=collected, method=PICKUP),
        SafetyRule(4, category=category),
    )
    node = remote(world, methods=frozenset({SHIP, PICKUP}), safety_rules=rules)
    whole, buffered = own_channel(world, node), own_channel(
        world, node, buffer=3, buffer_percent=25
    )  # fmt: skip
    world.loader.safety(SafetyRule(percent=30, sku=shared))
    for sku in skus:
        kind = category if sku == cared else ""
        price = {"EUR": DEFAULT_CENTS}
        world.loader.product(Product(sku, sku, 500, price=price, category=kind))
        world.loader.receive(sku, node.id, 20)

    def units(sku: str) -> list[int]:
        seen = ask(shop, sku, whole)
        both = [seen[method]["units"] for method in (SHIP, PICKUP)]
        return [*both, ask(shop, sku, buffered)[SHIP]["units"]]

    for sku, row in zip(skus, SAFETY.strip().splitlines()[1:], strict=True):
        wanted = [int(cell) for cell in row.split("|")[1:]]
        eventually(
            lambda sku=sku: units(sku),
            lambda found, wanted=wanted: found == wanted,
            waiting_for=f"{row} to be told",
        )
    problem = eventually(
        lambda: problem_of(lambda: shop.place({collected: 15}, channel=whole, collect_at=node.id)),
        lambda told: told.status == 409,
        waiting_for="orders to know the node",
    )
    assert problem.type == "OutOfStock", problem
    assert problem.body["missing"] == {collected: 1}, "what is kept back is not ordered either"


def placed(shop: Storefront, cart: dict[str, int], channel: str) -> str:
    """The order's id, "" where it is refused."""
    try:
        return shop.place(cart, channel=channel)
    except Problem:
        return ""


def test_stock_of_a_supplier_that_went_silent_is_not_sold(world: World, shop: Storefront) -> None:
    sku = world.new_sku()
    node = remote(world, kind=DROP_SHIPPER, feed_fresh_s=FRESH_S)
    channel = own_channel(world, node)

    def tell(at: float) -> None:
        lines = [{"sku": sku, "quantity": 5}]
        body = {"id": world.new_id("F"), "node": node.id, "kind": "COUNT", "lines": lines}

        def outcome() -> str:
            told = world.crew(node.id).api.post("/stock/feeds", {**body, "as_of": instant(at)})
            return str(told["results"][0]["outcome"])

        eventually(outcome, lambda said: said == "BOOKED", waiting_for="the node to be known")

    tell(time.time() - 2 * FRESH_S)
    assert ask(shop, sku, channel)[SHIP]["units"] == 0
    refused(lambda: shop.place({sku: 1}, channel=channel), 409, "OutOfStock")
    tell(time.time())
    eventually(
        lambda: ask(shop, sku, channel)[SHIP]["units"],
        lambda units: units == 5,
        waiting_for="stock that its supplier told of just now",
    )
    order = eventually(
        lambda: placed(shop, {sku: 1}, channel), bool, waiting_for="orders to know the node"
    )
    assert world.staff.wait_for_part(order)["node"] == node.id


def test_what_others_hold_and_what_is_kept_back_is_not_sold(world: World, shop: Storefront) -> None:
    sku = world.new_sku({"dc-lille": 6, "store-paris": 3})
    assert ask(shop, sku)["SHIP"] == {"units": 8, "shown": 8, "band": "IN_STOCK"}
    assert ask(shop, sku)["PICKUP"] == {"units": 2, "shown": 2, "band": "LOW"}
    shop.place({sku: 2})
    shop.reserve({sku: 4})
    assert ask(shop, sku)["SHIP"]["units"] == 2
    shop.place({sku: 2})
    assert ask(shop, sku)["SHIP"] == {"units": 0, "shown": 0, "band": "OUT"}
    refused(lambda: ask(shop, world.new_id("NONE")), 422, "ValidationFailed")
    refused(lambda: shop.api.get(f"/stock/{sku}/sellable"), 422, "ValidationFailed")


def test_a_kit_sells_what_its_components_make_up(world: World, shop: Storefront) -> None:
    body, lid = world.new_sku({"dc-lille": 7}), world.new_sku({"dc-leipzig": 3})
    kit = world.new_id("KIT")
    price = {"EUR": DEFAULT_CENTS}
    world.loader.product(Product(kit, "Kit", price=price, components={body: 2, lid: 1}))
    assert ask(shop, kit)["SHIP"]["units"] == 3
    assert ask(shop, kit)["PICKUP"]["units"] == 0
