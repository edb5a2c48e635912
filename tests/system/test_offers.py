"""Several nodes see an offered part; the first to claim it has it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from local.actors.api import Problem
from local.actors.listener import Listener
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.model.channel import Channel
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system
NODES = ("dc-lille", "dc-leipzig")


def test_the_first_claim_wins_and_the_offer_vanishes_for_the_others(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    sku = world.new_sku(dict.fromkeys(NODES, 5))
    order = shop.place({sku: 1}, channel="offered")
    crews = [world.crew(node) for node in NODES]
    for crew in crews:
        eventually(
            lambda crew=crew: [w["status"] for w in crew.work() if w["order_id"] == order],
            lambda seen: seen == ["OFFERED"],
            waiting_for=f"the offer at {crew.node}",
        )

    def claim(node: str) -> str:
        try:
            return str(world.crew(node).do("claim", order, 1)["node"])
        except Problem as refusal:
            return f"{refusal.status} {refusal.type} {refusal.body.get('offer', '')}"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(claim, NODES))
    [winner] = [answer for answer in answers if answer in NODES]
    assert sorted(answers) == sorted([winner, "409 IllegalTransition OVER"])
    [loser] = set(NODES) - {winner}
    assert not [w for w in world.crew(loser).work() if w["order_id"] == order]
    wait_for_shelf(world, sku, winner, allocated=1)
    wait_for_shelf(world, sku, loser, allocated=0, available=5)
    staff.finish(staff.at(winner).see(order, 1))
    shop.wait_for(order, "SHIPPED")


def test_an_offer_that_nobody_claims_is_assigned(
    world: World, shop: Storefront, service: Service
) -> None:
    order = shop.place({world.new_sku(dict.fromkeys(NODES, 5)): 1}, channel="offered")
    world.clock.sweep_until(
        lambda: [part["fulfilment"] for part in service.see(order).parts] == ["ASSIGNED"]
    )
    assert "fulfilment.fall_back" in service.see(order).events


def test_an_offer_leaves_the_node_that_holds_it_when_that_one_stops_and_the_bus_tells(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    holder, other, channel = "dc-holds", "dc-sees", "holds"
    config = world.loader.config
    for node, like in ((holder, "dc-lille"), (other, "dc-leipzig")):
        config.put_node(replace(config.node(like), id=node))
    offers = Channel(channel, "Holds", "EUR", nodes=(holder, other), offers=2, offer_widen_s=3600)
    config.put(f"CHANNEL#{channel}", offers)
    sku = world.new_sku({holder: 5, other: 5})
    listener = Listener(world.stack, world.new_id("HEARS"), holder, field="node")
    order = shop.place({sku: 1}, channel=channel)
    eventually(lambda: [w["status"] for w in world.crew(holder).work()], lambda s: s == ["OFFERED"])
    wait_for_shelf(world, sku, holder, allocated=1)
    world.crew(holder).stop("no capacity")
    world.clock.sweep_until(lambda: service.see(order).part_numbers == [2])
    wait_for_shelf(world, sku, holder, allocated=0)
    wait_for_shelf(world, sku, other, allocated=1)
    assert not [w for w in world.crew(holder).work() if w["order_id"] == order]
    claimed = world.crew(other).do("claim", order, 2)
    assert (claimed["node"], claimed["status"]) == (other, "ACCEPTED")
    world.crew(holder).open()
    heard = eventually(listener.heard, lambda told: "node.opened" in told)
    assert "node.closed" in heard
    staff.finish(staff.at(other).see(order, 2))
    shop.wait_for(order, "SHIPPED")
