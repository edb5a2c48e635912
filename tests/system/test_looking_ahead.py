"""Prices of scarcity on the local cloud: they change which node ships, and old ones are ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.world import World
from oms.domain.model.channel import Channel
from oms.domain.sourcing.scarcity import STALE
from tests.system.worlds import new_world

pytestmark = pytest.mark.system
NEAR, FAR = "dc-lille", "dc-leipzig"
AHEAD = {
    "strategies": [
        {
            "id": "ahead",
            "criteria": [{"by": "full_cost"}],
            "limits": {"minimise": "full_cost"},
        }
    ]
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A system of its own: the forecast is of all orders there are, a sample where they are many."""
    with new_world() as made:
        yield made


@pytest.fixture(scope="module")
def channel(world: World) -> str:
    """A channel of two nodes whose rules, activated over the API, rank by full cost."""
    name = world.new_id("ahead").lower()
    policy = Channel(name, "Looks ahead", "EUR", profile=name, nodes=(NEAR, FAR))
    world.loader.config.put(f"CHANNEL#{name}", policy)
    versions = f"/sourcing/profiles/{name}/versions"
    draft = world.ops.post(versions, {"rules": AHEAD})
    for step in ("validate", "activate"):
        world.ops.post(f"{versions}/{draft['number']}/{step}")
    return name


def test_what_later_orders_need_is_left_for_them_while_prices_hold(
    world: World, channel: str
) -> None:
    """Both nodes have the lamp, the nearer one alone has its shade. A lamp by itself is cheaper
    from the near node; but more of them are wanted with a shade than it has.
    """
    lamp, shade = world.new_sku({NEAR: 20, FAR: 60}), world.new_sku({NEAR: 60})

    def alone() -> tuple[str, str]:
        """Who ships one more lamp, and by which prices."""
        return shipped(world, world.shop.place({lamp: 1}, channel=channel))

    for _ in range(3):
        world.shop.place({lamp: 1, shade: 1}, channel=channel)
        world.shop.place({lamp: 1}, channel=channel)

    def priced() -> bool:
        """Once the lake has the orders."""
        world.foresight.run(back_days=1, ahead_days=7)
        return (lamp, NEAR) in world.foresight.prices.prices

    eventually(priced, waiting_for="a price of the lamp")
    prices = world.foresight.prices
    assert prices.prices[lamp, NEAR] > prices.prices.get((lamp, FAR), 0)
    assert (shade, NEAR) not in prices.prices, "there are enough shades"
    eventually(lambda: alone() == (FAR, str(prices.version)), waiting_for="prices to be used")
    both = world.shop.place({lamp: 1, shade: 1}, channel=channel)
    assert shipped(world, both) == (NEAR, str(prices.version))

    world.foresight.let_them_age()
    eventually(lambda: alone() == (NEAR, STALE), waiting_for="old prices to be ignored")


def shipped(world: World, order: str) -> tuple[str, str]:
    (decision,) = decisions(world, order)
    (node,) = decision["winner"]
    return str(node), str(decision["prices"])


def decisions(world: World, order: str) -> list[dict[str, Any]]:
    found = world.service.api.get(f"/orders/{order}/decisions")["decisions"]
    return [each for each in found if each["cause"] == "PLACED"]
