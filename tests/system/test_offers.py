"""Several nodes see an offered part; the first to claim it has it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from local.actors.api import Problem
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
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
