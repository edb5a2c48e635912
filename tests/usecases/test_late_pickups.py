"""What is collected is watched until it lies ready: on its way to the store, and at the store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.model import fulfilment as fo
from oms.domain.model.promise import Promise
from oms.domain.notifying.delays import DELAYED
from oms.domain.promising.promise import epoch
from tests.cloud import World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.parts import through
from tests.usecases.test_promise_monitoring import dates, sweep, told
from tests.usecases.test_transfers import LILLE, STORE, arrive, dispatch, ordered, shelve

HOUR, DAY = 3600, 86_400


@pytest.fixture
def travelling(world: World) -> str:
    """Sent on Tuesday, to arrive on Wednesday and to be ready on Thursday at nine."""
    world.config.put_node(replace(world.config.node(STORE), receive_days=1))
    receive(world, "SKU-001", LILLE, 5)
    order = ordered(world, SKU_001=1)
    through(world, order, 1, "accept", "pick", "pack")
    dispatch(world, order, 1)
    return order


def test_what_did_not_come_to_its_store_is_at_risk_and_then_late(
    world: World, travelling: str
) -> None:
    promise = world.orders.part(travelling, 1).promise
    assert promise is not None
    ready = epoch(promise.ready_by)
    assert promise.ready_by == "2026-11-26T09:00:00+01:00"
    seen = []
    for at in range(world.now, ready, 2 * HOUR):
        world.now = at
        seen += sweep(world)
    assert seen.count("at_risk") == 1
    assert set(seen) <= {"at_risk", "set_deadline"}
    world.now = ready
    assert sweep(world) == ["late"]
    assert sweep(world) == []
    part = world.orders.part(travelling, 1)
    assert (part.status, part.flags) == (fo.IN_TRANSFER, {"AT_RISK", "LATE"})
    assert part.expected is not None
    assert part.expected.ready_by == "2026-11-28T09:00:00+01:00", "as if it had left today"
    assert told(world, travelling, "fulfilment.delayed", 1) == [DELAYED]
    assert told(world, travelling, "fulfilment.delayed", 1) == []
    assert dates(world, travelling) == ["2026-11-28"]
    assert [case["reason"] for case in world.orders.get(travelling).cases] == ["LATE"]


def test_what_is_there_in_time_is_not_at_risk(world: World, travelling: str) -> None:
    world.now += DAY
    arrive(world, travelling, 1)
    world.now += DAY - HOUR
    assert set(sweep(world)) <= {"set_deadline"}
    shelve(world, travelling, 1)
    assert world.orders.part(travelling, 1).flags == frozenset()
    assert told(world, travelling, "fulfilment.delayed", 1) == []


def test_a_pickup_that_does_not_lie_ready_is_late_and_told_once_for_each_new_day(
    world: World,
) -> None:
    receive(world, "SKU-001", STORE, 5)
    order = assigned(world, {"SKU-001": 1}, method="PICKUP", node=STORE, ship_to=None)
    through(world, order.id, 1, "accept")
    promise = order.parts[0].promise
    assert promise is not None
    world.now = epoch(promise.ready_by)
    seen = sweep(world)
    while "late" not in seen:
        world.now += HOUR
        seen += sweep(world)
    assert told(world, order.id, "fulfilment.delayed", 1) == [], "still today"
    world.now += DAY
    assert sweep(world) == ["late"]
    assert told(world, order.id, "fulfilment.delayed", 1) == [DELAYED]
    assert told(world, order.id, "fulfilment.delayed", 1) == []
    assert dates(world, order.id) == ["2026-11-25"]
    assert [case["reason"] for case in world.orders.get(order.id).cases] == ["LATE"]


def test_an_external_promise_wins_and_stays(world: World) -> None:
    """What a marketplace promised is stored beside what our node can do, and not computed anew."""
    receive(world, "SKU-001", LILLE, 5)
    theirs = Promise("SHIP", ship_by="2026-12-01", deliver_by="2026-12-04", source="EXTERNAL")
    snapshot = place(world, {"SKU-001": 1}, promise=theirs).snapshot
    assert snapshot.promise == theirs
    assert snapshot.planned[0].promise is not None
    assert snapshot.planned[0].promise.deliver_by == "2026-11-25", "what the node works to"
    world.config.put_node(replace(world.config.node(LILLE), prep_days=3))
    authorise(world, snapshot.id)
    allocate(world, snapshot.id)
    order = world.orders.get(snapshot.id)
    assert order.snapshot.promise == theirs
    assert (order.promised, order.parts[0].promised) == ("2026-12-04", "2026-12-04")
    assert order.parts[0].promise == snapshot.planned[0].promise
