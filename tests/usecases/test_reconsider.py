"""Re-evaluation of what no node has accepted: it moves when that pays, once in each window."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.model.order import Order
from oms.domain.model.plan import Considered, Plan, PlannedPart
from oms.domain.sourcing.reevaluation import reason_to_move
from oms.stores.config.keys import channel_pk
from oms.usecases.rerouting.rehome_part import MOVE
from tests.cloud import World, receive
from tests.orders import assigned
from tests.parts import follow, item, through
from tests.rerouting import swept as sweep

WINDOW_S = 600
LILLE, LEIPZIG = "dc-lille", "dc-leipzig"

# values here | values there | pays
CASES = """
cost 900 band 2 late 0 | cost 800 band 2 late 0 | saves 100
cost 900 band 2 late 0 | cost 801 band 2 late 0 |
cost 900 band 2 late 0 | cost 900 band 1 late 0 | 1 bands nearer
cost 900 band 2 late 0 | cost 901 band 0 late 0 |
cost 900 band 2 late 0 | cost 100 band 0 late 1 |
cost 900 band 2 late 1 | cost 800 band 2 late 0 | saves 100
"""


def values(text: str) -> dict[str, int]:
    _, cost, _, band, _, late = text.split()
    return {"cost": int(cost), "distance_band": int(band), "lateness": int(late)}


@pytest.mark.parametrize("row", CASES.strip().splitlines())
def test_what_pays(row: str) -> None:
    here, there, why = (cell.strip() for cell in row.split("|"))
    considered = (Considered("a", criteria=values(here)), Considered("b", criteria=values(there)))
    plan = Plan((PlannedPart(2, "b", {1: frozenset({0})}),), considered=considered)
    assert reason_to_move(plan, "a", Channel("web", "Web", "EUR")) == why


def far(world: World, **more: Any) -> Order:
    """Only the far warehouse has it."""
    channel = Channel("web", "Web", "EUR", review_after_s=WINDOW_S, **more)
    world.config.put(channel_pk("web"), channel)
    receive(world, "SKU-001", LEIPZIG, 5)
    order = assigned(world, {"SKU-001": 2})
    assert [part.node for part in order.parts] == [LEIPZIG]
    return order


def test_it_moves_when_stock_comes_nearer_and_never_back(world: World) -> None:
    order = far(world)
    receive(world, "SKU-001", LILLE, 5)
    world.now += WINDOW_S - 1
    assert sweep(world) == []
    world.now += 1
    assert sweep(world) == ["review"]
    assert sweep(world) == [], "once in each window"
    follow(world, world.orders.part(order.id, 1), "review")
    follow(world, world.orders.part(order.id, 1), MOVE)
    moved = world.orders.get(order.id)
    assert [(p.node, p.status) for p in moved.parts] == [
        (LEIPZIG, fo.SUPERSEDED),
        (LILLE, fo.ASSIGNED),
    ]
    assert (item(world, "SKU-001", LEIPZIG)["allocated"], item(world, "SKU-001")["allocated"]) == (
        0,
        2,
    )
    world.now += WINDOW_S
    assert sweep(world) == ["review"]
    follow(world, world.orders.part(order.id, 2), "review")
    assert len(world.orders.get(order.id).parts) == 2


@pytest.mark.parametrize("more", [{"review_saves": 100_000, "review_bands": 9}])
def test_it_stays_when_it_would_not_pay_enough(world: World, more: dict[str, int]) -> None:
    order = far(world, **more)
    receive(world, "SKU-001", LILLE, 5)
    world.now += WINDOW_S
    sweep(world)
    follow(world, world.orders.part(order.id, 1), "review")
    assert [p.status for p in world.orders.get(order.id).parts] == [fo.ASSIGNED]


def test_it_still_expires_and_what_is_accepted_is_left_alone(world: World) -> None:
    order = far(world)
    last = world.orders.part(order.id, 1).expires
    world.now = last - 1
    assert sweep(world)[0] in ("review", "at_risk")
    world.now = last
    assert "expire" in sweep(world)

    other = assigned(world, {"SKU-001": 1}, external_id="e2")
    through(world, other.id, 1, "accept")
    receive(world, "SKU-001", LILLE, 5)
    follow(world, world.orders.part(other.id, 1), "review")
    assert [p.status for p in world.orders.get(other.id).parts] == [fo.ACCEPTED]
