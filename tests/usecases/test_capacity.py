"""A node that takes N parts a day takes N: never more, each once, and what is given up is free."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import OutOfStock
from oms.domain.ids import claim_id
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import Fence, Strategy
from oms.domain.promising.work_day import Slot, work_day
from oms.stores.capacity import keys as capacity_keys
from oms.stores.orders import keys as order_keys
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.following_stock.release_orphan_slot import release_orphan_slot
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import assigned, place
from tests.stock_deps import following_stock

TODAY, TOMORROW = "2026-11-24", "2026-11-25"
DC = "dc-lille"


def capacity(world: World, parts: int, *, same_day: bool = False) -> None:
    """`same_day`: a full node is passed over, not promised for a later day."""
    world.config.put_node(replace(world.config.node(DC), daily_capacity=parts))
    fences = (Fence("CAPACITY_FULL", 100),) if same_day else ()
    rules = SourcingRules(
        strategies=(
            Strategy("only", fences=fences, on_partial="COMMIT_PART", on_none="COMMIT_PART"),
        )
    )
    world.config.put("RULES#default", rules)
    receive(world, "SKU-001", DC, 50)


def taken(world: World, day: str = TODAY) -> int:
    row = world.stock.table.get(capacity_keys.day_pk(day), capacity_keys.work_sk(DC))
    assert row is None or row["n"] == len(row["c"])
    return row["n"] if row else 0


def test_a_capacity_of_three_takes_three_and_no_fourth(world: World) -> None:
    capacity(world, 3, same_day=True)
    for number in range(3):
        place(world, {"SKU-001": 1}, external_id=f"W{number}")
    with pytest.raises(OutOfStock):
        place(world, {"SKU-001": 1}, external_id="W3")
    assert taken(world) == 3
    item = world.stock.items.get("SKU-001", DC)
    assert item is not None
    assert item.available == 47, "the stock of the refused order is free"


def test_without_the_fence_the_next_day_with_room_is_promised(world: World) -> None:
    capacity(world, 1)
    first = place(world, {"SKU-001": 1}, external_id="W1").snapshot
    second = place(world, {"SKU-001": 1}, external_id="W2").snapshot
    assert (taken(world), taken(world, TOMORROW)) == (1, 1)
    days = [
        each.planned[0].promise.deliver_by for each in (first, second) if each.planned[0].promise
    ]
    assert days == sorted(set(days))


def test_the_same_order_takes_one_place_however_often_it_is_placed(world: World) -> None:
    capacity(world, 3)
    for _ in range(3):
        place(world, {"SKU-001": 1})
    assert taken(world) == 1


def test_an_order_that_died_before_it_was_written_finds_its_own_place(world: World) -> None:
    capacity(world, 1, same_day=True)
    snapshot = place(world, {"SKU-001": 1}).snapshot
    world.orders.table.delete(order_keys.order_pk(snapshot.id), order_keys.SNAPSHOT)
    again = place(world, {"SKU-001": 1})
    assert (again.created, taken(world)) == (True, 1)


def test_a_place_without_an_owner_is_given_back_and_one_with_an_owner_stays(world: World) -> None:
    capacity(world, 3)
    snapshot = place(world, {"SKU-001": 1}).snapshot
    orphan = claim_id("0" * 16, 1)
    world.stock.days.take_all([Slot(DC, TODAY, orphan, 3)])
    assert taken(world) == 2
    assert release_orphan_slot(orphan, TODAY, DC, following_stock(world))
    assert not release_orphan_slot(claim_id(snapshot.id, 1), TODAY, DC, following_stock(world))
    assert taken(world) == 1


def test_a_part_given_back_frees_its_place_once(world: World) -> None:
    capacity(world, 3)
    (part,) = assigned(world, {"SKU-001": 1}).parts
    assert part.promise
    assert work_day(part.promise) == TODAY
    assert taken(world) == 1
    after = part.moved("reject", reasons={1: "NO_VARIANCE"}, due=None)
    for _ in range(2):
        part_changed("reject", after, bundle(Executing, world))
    assert taken(world) == 0


def test_a_lower_capacity_admits_nobody_until_there_is_room(world: World) -> None:
    capacity(world, 2, same_day=True)
    slots = [Slot(DC, TODAY, claim_id("0" * 16, n), 2) for n in (1, 2)]
    assert world.stock.days.take_all(slots) == (slots, [])
    lower = replace(slots[0], claim=claim_id("1" * 16, 1), capacity=1)
    assert world.stock.days.take_all([lower]) == ([], [lower])
    world.stock.days.give_back(slots)
    world.stock.days.give_back(slots)
    assert taken(world) == 0
    assert world.stock.days.take_all([lower]) == ([lower], [])


def test_nodes_without_a_capacity_write_no_days(world: World) -> None:
    receive(world, "SKU-001", DC, 5)
    place(world, {"SKU-001": 1})
    assert taken(world) == 0
    assert not world.stock.table.query(capacity_keys.day_pk(TODAY))
