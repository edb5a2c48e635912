"""A decision is kept exactly when it has an effect, once, and never changes."""

from __future__ import annotations

import pytest

from oms.domain.errors import LostRace
from oms.domain.model.decision import ALLOCATED, PLACED, RESOURCED
from oms.domain.model.fulfilment import NO_CAPACITY, rejected
from oms.domain.model.order import Order
from oms.domain.timeline import Entry
from oms.stores.orders import keys
from oms.stores.orders.store import OrderStore
from oms.usecases.following_stock.fill_backorders import fill_backorders
from tests.cloud import World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.stock_deps import following_stock


@pytest.fixture
def given_back(world: World) -> Order:
    """Of two nodes that have it, the first gave it back; nobody sourced it again yet."""
    receive(world, "SKU-001", "dc-lille", 5)
    receive(world, "SKU-001", "dc-leipzig", 5)
    order = assigned(world, {"SKU-001": 2})
    (part,) = order.parts
    gone = rejected(part, {1: NO_CAPACITY})
    world.orders.save_part(gone, Entry(part.version + 1, "reject", world.now, "staff"))
    return world.orders.get(order.id)


def causes(world: World, order_id: str) -> list[tuple[int, str]]:
    return [(each.number, each.cause) for each in world.orders.get(order_id).decisions]


def test_the_first_decision_lies_in_the_order_and_its_promises_name_it(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    placed = place(world, {"SKU-001": 1}).snapshot
    assert placed.decision is not None
    assert placed.promise is not None
    assert [part.promise.decision for part in placed.planned if part.promise] == [1]
    assert (placed.decision.number, placed.promise.decision) == (1, 1)
    assert causes(world, placed.id) == [(1, PLACED)]
    assert not world.orders.table.query(keys.order_pk(placed.id), prefix="DEC#")


def test_sourcing_again_is_a_second_one_however_often_it_is_delivered(
    world: World, given_back: Order
) -> None:
    first = given_back.decisions
    for _ in range(3):
        allocate(world, given_back.id)
    order = world.orders.get(given_back.id)
    assert causes(world, order.id) == [(1, PLACED), (2, RESOURCED)]
    assert order.decisions[:1] == first
    assert order.decisions[1].fenced["REJECTED_BEFORE"] == (given_back.parts[0].node,)
    assert order.parts[-1].promise is not None
    assert order.parts[-1].promise.decision == 2


def test_a_plan_that_lost_its_race_leaves_no_decision(
    world: World, given_back: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = OrderStore.get

    def stale(store: OrderStore, order_id: str, *, consistent: bool = True) -> Order:
        """Somebody writes right after this read."""
        found = read(store, order_id, consistent=consistent)
        entry = Entry(found.state.version + 1, "release_hold", world.now, "x")
        store.save_state(found, found.state, entry)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(OrderStore, "get", stale)
        with pytest.raises(LostRace):
            allocate(world, given_back.id)
    assert causes(world, given_back.id) == [(1, PLACED)]
    allocate(world, given_back.id)
    assert causes(world, given_back.id) == [(1, PLACED), (2, RESOURCED)]


def test_stock_that_goes_to_who_waits_for_it_is_a_decision(world: World) -> None:
    order_id = place(world, {"SKU-001": 2}, channel="patient").snapshot.id
    authorise(world, order_id)
    allocate(world, order_id)
    before = causes(world, order_id)
    receive(world, "SKU-001", "dc-lille", 1)
    served = fill_backorders("SKU-001", "dc-lille", following_stock(world))  # fmt: skip
    assert served == [order_id]
    last = world.orders.get(order_id).decisions[-1]
    assert (last.number, last.cause) == (before[-1][0] + 1, ALLOCATED)
    assert ([each.node for each in last.given], last.unfilled) == (["dc-lille"], 1)
