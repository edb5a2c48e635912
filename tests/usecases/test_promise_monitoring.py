"""What was promised is watched: others take over in time, and nobody hears of a delay twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.model.order import Hold
from oms.domain.model.supply import Supply
from oms.domain.notifying.delays import DELAYED
from oms.domain.orders import progress
from oms.domain.preparing.steps import accept, reject
from oms.domain.promising.promise import epoch
from oms.domain.timeline import Entry
from oms.gateways.notifications.outbox import Outbox
from oms.gateways.notifications.templates import render
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.notifying.deps import Notifying
from oms.usecases.notifying.notify_customer import notify_customer
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.rerouting import swept as sweep

DAY = 86_400
EVENING = 1_795_539_600  # 18:00 in Paris: the nodes close at 19:00, preparing takes an hour
CLOSING = EVENING + 3600


@pytest.fixture
def shop(world: World) -> World:
    """Nodes may take a day to accept."""
    world.config.put("CHANNEL#web", Channel("web", "Web", "EUR", accept_timeout_s=DAY))
    receive(world, "SKU-001", "dc-lille", 5)
    return world


def follow(world: World, order_id: str, event: str) -> None:
    """What the stream does, twice."""
    for _ in range(2):
        part_changed(event, world.orders.part(order_id, 1), deps=bundle(Executing, world))


def told(world: World, order_id: str, event: str, number: int = 0) -> list[str]:
    deps = Notifying(
        world.orders, world.config, Outbox(), Outbox(), render, world.goods, str, world.now
    )
    return notify_customer(order_id, event, number, cause="e1", deps=deps)


def dates(world: World, order_id: str) -> list[str]:
    return sorted(
        str(row["epoch"]) for row in world.orders.get(order_id).messages if "epoch" in row
    )


def test_it_is_looked_at_when_its_promise_asks_for_it(shop: World) -> None:
    (part,) = assigned(shop, {"SKU-001": 1}).parts
    assert (part.due, part.expires) == (EVENING, shop.now + DAY)
    shop.now = EVENING - 1
    assert sweep(shop) == []


def test_what_nobody_accepted_goes_to_a_node_that_keeps_the_promise(shop: World) -> None:
    channel = Channel("web", "Web", "EUR", accept_timeout_s=DAY, nodes=("dc-lille", "store-lyon"))
    shop.config.put("CHANNEL#web", channel)
    late = replace(shop.config.node("store-lyon"), cutoff="18:30")
    shop.config.put_node(late)
    order = assigned(shop, {"SKU-001": 1})
    receive(shop, "SKU-001", "store-lyon", 5)
    shop.now = EVENING
    assert sweep(shop) == ["at_risk"]
    follow(shop, order.id, "at_risk")
    first, second = shop.orders.get(order.id).parts
    assert (first.status, second.node, second.status) == (fo.SUPERSEDED, "store-lyon", fo.ASSIGNED)
    assert second.promise is not None
    assert second.promise.deliver_by == order.promised
    assert told(shop, order.id, "order.rerouted") == []


def test_where_nobody_keeps_it_the_node_has_its_time(shop: World) -> None:
    order = assigned(shop, {"SKU-001": 1})
    receive(shop, "SKU-001", "store-lyon", 5)  # past its cut-off
    shop.now = EVENING
    assert sweep(shop) == ["at_risk"]
    follow(shop, order.id, "at_risk")
    (part,) = shop.orders.get(order.id).parts
    assert (part.status, part.due, part.flags) == (fo.ASSIGNED, part.expires, {"AT_RISK"})
    event, accepted = accept(part, shop.now)
    assert (event, accepted.status) == ("accept", fo.ACCEPTED)
    shop.now = part.expires or 0
    assert sweep(shop) == ["expire"]


def test_each_new_date_is_told_once(shop: World) -> None:
    order = assigned(shop, {"SKU-001": 1})
    (part,) = order.parts
    event, accepted = accept(part, shop.now)
    shop.orders.save_part(accepted, Entry(2, event, shop.now, "staff"))
    seen = []
    for _ in range(8):
        shop.now += DAY // 4
        if "late" in sweep(shop):
            seen.append(shop.now)
            assert told(shop, order.id, "fulfilment.delayed", 1) == [DELAYED]
            assert told(shop, order.id, "fulfilment.delayed", 1) == []
    assert len(seen) == 2
    now = shop.orders.get(order.id)
    assert now.snapshot.promise == order.snapshot.promise, "what was promised stays on record"
    first, second = dates(shop, order.id)
    assert order.promised < first < second
    assert now.parts[0].expected is not None
    assert now.parts[0].expected.deliver_by == second
    assert [case["reason"] for case in now.cases] == ["LATE"]


def test_a_node_that_takes_over_later_is_told_of_once(shop: World) -> None:
    order = assigned(shop, {"SKU-001": 1})
    assert told(shop, order.id, "order.routed") == []
    event, after = reject(order.parts[0], {}, "NO_CAPACITY")
    shop.orders.save_part(after, Entry(2, event, shop.now, "staff"))
    receive(shop, "SKU-001", "drop-milano", 5)
    assert allocate(shop, order.id) == progress.FULFILLING
    assert told(shop, order.id, "order.routed") == [DELAYED]
    assert told(shop, order.id, "order.routed") == []
    (day,) = dates(shop, order.id)
    assert day > order.promised


def test_what_waits_and_did_not_come_has_a_new_date(shop: World) -> None:
    shop.stock.supply.put(Supply("po-1", "SKU-002", "dc-lille", 5, "2026-11-26"))
    order = place(shop, {"SKU-002": 2}, channel="patient").snapshot
    assert order.promise is not None
    authorise(shop, order.id)
    assert allocate(shop, order.id) == progress.BACKORDERED
    assert told(shop, order.id, "order.backordered") == ["BACKORDERED"]
    shop.stock.supply.drop("SKU-002", "po-1")
    shop.stock.supply.put(Supply("po-2", "SKU-002", "dc-lille", 5, "2026-11-30"))
    shop.now += 4 * DAY
    assert sweep(shop) == ["late"]
    assert sweep(shop) == []
    assert told(shop, order.id, "order.delayed") == [DELAYED]
    assert told(shop, order.id, "order.delayed") == []
    now = shop.orders.get(order.id)
    assert now.state.expected is not None
    assert dates(shop, order.id) == [now.state.expected.deliver_by]
    assert now.state.expected.deliver_by > order.promise.deliver_by
    assert now.snapshot.promise == order.promise
    assert [case["reason"] for case in now.cases] == ["LATE"]


def test_without_a_new_date_a_human_is_shown_and_nobody_told(shop: World) -> None:
    shop.stock.supply.put(Supply("po-1", "SKU-002", "dc-lille", 5, "2026-11-26"))
    order = place(shop, {"SKU-002": 2}, channel="patient").snapshot
    authorise(shop, order.id)
    allocate(shop, order.id)
    shop.stock.supply.drop("SKU-002", "po-1")
    shop.now += 4 * DAY
    assert sweep(shop) == ["late"]
    assert told(shop, order.id, "order.delayed") == []
    assert len(shop.orders.get(order.id).cases) == 1


def test_a_held_order_is_shown_to_a_human_when_work_would_have_to_begin(shop: World) -> None:
    held = place(shop, {"SKU-001": 1}, holds=(Hold("MANUAL", "look"),)).snapshot
    authorise(shop, held.id)
    assert allocate(shop, held.id) == progress.ON_HOLD
    assert held.promise is not None
    shop.now = epoch(held.promise.cutoff)
    assert sweep(shop) == ["at_risk"]
    assert sweep(shop) == []
    assert [case["reason"] for case in shop.orders.get(held.id).cases] == ["NOT_ROUTED"]
