"""Whatever brings a part to a node with a capacity takes a place in its day, and gives it back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from oms.domain.errors import NodeCannotServe, OutOfStock
from oms.domain.ids import claim_id
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import Fence, Strategy
from oms.domain.promising.work_day import AHEAD_DAYS, FURTHER_DAYS, Slot
from oms.edge.principal import STAFF, Principal
from oms.stores.capacity import keys as capacity_keys
from oms.stores.config import keys as config_keys
from oms.usecases.following_stock.fill_backorders import fill_backorders
from oms.usecases.following_stock.release_orphan_slot import release_orphan_slot
from oms.usecases.preparing.claim_part import claim_part
from oms.usecases.preparing.command import PartCommand
from oms.usecases.rerouting.move_to_node import move_to_node
from oms.usecases.rerouting.reconsider_part import reconsider_part
from tests.cloud import World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.parts import follow, item, move
from tests.rerouting import rerouting
from tests.stock_deps import following_stock
from tests.usecases.staff_floor import CSR, preparing

LILLE, LEIPZIG, STORE = "dc-lille", "dc-leipzig", "store-paris"
TODAY, TOMORROW = "2026-11-24", "2026-11-25"


def limited(world: World, parts: int, *nodes: str) -> None:
    for node in nodes:
        world.config.put_node(replace(world.config.node(node), daily_capacity=parts))


def taken(world: World, node: str = LILLE, day: str = TODAY) -> list[str]:
    """Claims that the day counts."""
    row = world.stock.table.get(capacity_keys.day_pk(day), capacity_keys.work_sk(node))
    assert row is None or row["n"] == len(row["c"])
    return sorted(row["c"]) if row else []


def fill(world: World, days: int, node: str = LILLE) -> None:
    """The node's days from today on are full, one part a day."""
    first = date.fromisoformat(TODAY)
    for n in range(days):
        day = (first + timedelta(days=n)).isoformat()
        world.stock.days.take_all([Slot(node, day, claim_id("9" * 16, 1), 1)])


def waiting(world: World, external_id: str = "e1") -> str:
    order = place(world, {"SKU-001": 1}, channel="patient", external_id=external_id).snapshot.id
    authorise(world, order)
    allocate(world, order)
    return order


def fill_waiting(world: World) -> list[str]:
    return fill_backorders("SKU-001", LILLE, following_stock(world))


# --- demand that waited ------------------------------------------------------------------------


def test_waiting_demand_takes_the_first_day_with_room(world: World) -> None:
    limited(world, 1, LILLE)
    orders = sorted(waiting(world, f"e{n}") for n in range(2))
    receive(world, "SKU-001", LILLE, 5)
    assert fill_waiting(world) == orders
    assert [taken(world), taken(world, day=TOMORROW)] == [[f"{id}.1"] for id in orders]
    for id in orders:
        allocate(world, id)
    part = world.orders.part(orders[0], 1)
    assert part.day == TODAY
    move(world, orders[0], 1, "cancel", part.moved("cancel", due=None))
    assert (taken(world), taken(world, day=TOMORROW)) == ([], [f"{orders[1]}.1"])


def test_waiting_demand_waits_on_while_the_node_is_booked_out(world: World) -> None:
    limited(world, 1, LILLE)
    order = waiting(world)
    fill(world, FURTHER_DAYS)
    receive(world, "SKU-001", LILLE, 5)
    assert fill_waiting(world) == []
    assert (item(world, "SKU-001")["available"], world.orders.get(order).planned) == (5, ())
    world.stock.days.give_back([Slot(LILLE, TOMORROW, claim_id("9" * 16, 1), 1)])
    assert fill_waiting(world) == [order]
    assert taken(world, day=TOMORROW) == [f"{order}.1"]


def test_an_allotment_that_dies_finds_its_own_place_or_leaves_it_to_the_orphan_check(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(world, 1, LILLE)
    order = waiting(world)
    receive(world, "SKU-001", LILLE, 5)

    def die(*_: Any, **__: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patched, suppress(RuntimeError):
        patched.setattr(world.orders, "save_state", die)
        fill_waiting(world)
    assert taken(world) == [f"{order}.1"]
    assert release_orphan_slot(f"{order}.1", TODAY, LILLE, following_stock(world))
    assert taken(world) == []
    with monkeypatch.context() as patched, suppress(RuntimeError):
        patched.setattr(world.orders, "save_state", die)
        fill_waiting(world)
    assert fill_waiting(world) == [order]
    assert taken(world) == [f"{order}.1"]
    assert not release_orphan_slot(f"{order}.1", TODAY, LILLE, following_stock(world))
    world.stock.days.take_all([Slot(LILLE, TOMORROW, f"{order}.1", 1)])
    assert release_orphan_slot(f"{order}.1", TOMORROW, LILLE, following_stock(world)), (
        "it works there on another day"
    )


# --- offers ------------------------------------------------------------------------------------


def offered(world: World) -> str:
    channel = Channel("web", "Web", "EUR", offers=2, offer_widen_s=600)
    world.config.put(config_keys.channel_pk("web"), channel)
    for node in (LILLE, LEIPZIG):
        receive(world, "SKU-001", node, 5)
    order = assigned(world, {"SKU-001": 2})
    assert world.orders.part(order.id, 1).offered == (LILLE, LEIPZIG)
    return order.id


def claim(world: World, order: str, node: str) -> fo.FulfilmentOrder:
    worker = Principal("x", frozenset({STAFF}), frozenset({node}))
    return claim_part(PartCommand(order, 1, worker), node=node, deps=preparing(world))


def test_who_claims_an_offer_takes_its_own_place_and_frees_that_of_the_holder(
    world: World,
) -> None:
    limited(world, 1, LILLE, LEIPZIG)
    order = offered(world)
    fill(world, 1, LEIPZIG)
    assert taken(world) == [f"{order}.1"]
    won = claim(world, order, LEIPZIG)
    assert claim(world, order, LEIPZIG) == won
    assert (won.day, won.holder_day) == (TOMORROW, TODAY)
    assert taken(world, LEIPZIG, TOMORROW) == [f"{order}.1"]
    follow(world, won, "claim")
    assert taken(world) == []
    move(world, order, 1, "reject", fo.rejected(won, {}))
    assert taken(world, LEIPZIG, TOMORROW) == []


def test_a_node_without_a_day_for_it_cannot_claim(world: World) -> None:
    limited(world, 1, LEIPZIG)
    order = offered(world)
    fill(world, FURTHER_DAYS, LEIPZIG)
    with pytest.raises(NodeCannotServe) as refused:
        claim(world, order, LEIPZIG)
    assert refused.value.extra["reason"] == "CAPACITY_FULL"
    assert item(world, "SKU-001", LEIPZIG)["allocated"] == 0


# --- moves -------------------------------------------------------------------------------------


def test_a_move_takes_the_place_at_its_new_node_and_leaves_the_old_one(world: World) -> None:
    limited(world, 1, LILLE, LEIPZIG)
    for node in (LILLE, LEIPZIG):
        receive(world, "SKU-001", node, 5)
    order = assigned(world, {"SKU-001": 1}).id
    for _ in range(2):
        move_to_node(PartCommand(order, 1, CSR), node=LEIPZIG, note="", deps=rerouting(world))
    assert (taken(world), taken(world, LEIPZIG)) == ([f"{order}.1"], [f"{order}.2"])
    follow(world, world.orders.part(order, 1), "move")
    assert (taken(world), taken(world, LEIPZIG)) == ([], [f"{order}.2"])


def test_a_part_that_is_reconsidered_is_not_in_its_own_way(world: World) -> None:
    """Its own place fills its node's day: were it counted, the node would not be compared."""
    limited(world, 1, LEIPZIG)
    same_day = Strategy("only", fences=(Fence("CAPACITY_FULL", 100),))
    world.config.put("RULES#default", SourcingRules(strategies=(same_day,)))
    channel = Channel("web", "Web", "EUR", review_after_s=600)
    world.config.put(config_keys.channel_pk("web"), channel)
    receive(world, "SKU-001", LEIPZIG, 5)
    order = assigned(world, {"SKU-001": 1}).id
    receive(world, "SKU-001", LILLE, 5)
    limited(world, 1, LILLE)
    for _ in range(2):
        reconsider_part(order, 1, deps=rerouting(world))
    assert [p.node for p in world.orders.get(order).parts] == [LEIPZIG, LILLE]
    assert taken(world) == [f"{order}.2"]


# --- ship-to-store -----------------------------------------------------------------------------


def test_what_travels_to_a_store_takes_a_place_where_it_is_prepared(world: World) -> None:
    limited(world, 1, LILLE, STORE)
    services = ("standard", "ship_to_store")
    world.config.put(config_keys.channel_pk("web"), Channel("web", "Web", "EUR", services=services))
    receive(world, "SKU-001", LILLE, 5)
    wish = {"method": "PICKUP", "node": STORE, "service": "ship_to_store", "ship_to": None}
    order = assigned(world, {"SKU-001": 1}, **wish)
    [part] = order.parts
    assert (part.node, part.to, part.day) == (LILLE, STORE, TODAY)
    assert (taken(world), taken(world, STORE)) == ([f"{order.id}.1"], [])
    assert not release_orphan_slot(f"{order.id}.1", TODAY, LILLE, following_stock(world))
    sent = replace(part, node=STORE, sent_from=LILLE, status=fo.IN_TRANSFER)
    after = world.orders.save_part(sent, part.timeline[-1])
    assert not release_orphan_slot(f"{order.id}.1", TODAY, LILLE, following_stock(world)), (
        "the work was done there"
    )
    follow(world, replace(after, status=fo.CANCELLED, node=LILLE, sent_from=""), "cancel")
    assert taken(world) == []


# --- how far, how much -------------------------------------------------------------------------


def test_a_node_that_is_full_for_a_week_is_promised_for_the_first_day_after(world: World) -> None:
    limited(world, 1, LILLE)
    fill(world, AHEAD_DAYS + 2)
    receive(world, "SKU-001", LILLE, 5)
    [part] = place(world, {"SKU-001": 1}).snapshot.planned
    assert part.day == "2026-12-03"
    assert taken(world, day=part.day)


def test_a_node_that_is_full_as_far_as_anybody_looks_says_so(world: World) -> None:
    limited(world, 1, LILLE)
    fill(world, FURTHER_DAYS)
    receive(world, "SKU-001", LILLE, 5)
    with pytest.raises(OutOfStock):
        place(world, {"SKU-001": 1})
    order = place(world, {"SKU-001": 1}, channel="patient").snapshot
    assert order.decision
    assert order.decision.fenced["CAPACITY_FULL"] == (LILLE,)


def test_a_share_of_a_day_is_all_that_its_strategy_claims(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of five places, rounded up, for shipments; the others are left for pickups."""
    limited(world, 5, STORE)
    half = Strategy("ship", fences=(Fence("CAPACITY_FULL", 50),), on_none="COMMIT_PART")
    world.config.put("RULES#default", SourcingRules(strategies=(half,)))
    receive(world, "SKU-001", STORE, 50)
    for n in range(2):
        place(world, {"SKU-001": 1}, external_id=f"W{n}")
    last = Slot(STORE, TODAY, claim_id("1" * 16, 1), 5)
    claims = world.stock.claims.claim_each

    def faster(moves: Any) -> Any:  # somebody takes the third place after it was read as free
        monkeypatch.setattr(world.stock.claims, "claim_each", claims)
        world.stock.days.take_all([last])
        return claims(moves)

    monkeypatch.setattr(world.stock.claims, "claim_each", faster)
    with pytest.raises(OutOfStock):
        place(world, {"SKU-001": 1}, external_id="W2")
    assert len(taken(world, STORE)) == 3
    assert item(world, "SKU-001", STORE)["allocated"] == 2
