"""Orders whose work begins later: the day of delivery was named, or the goods are not out yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from oms.domain.errors import OutOfStock, ValidationFailed
from oms.domain.model.channel import Channel
from oms.domain.model.order import SCHEDULED
from oms.domain.model.product import Product
from oms.domain.orders import progress
from oms.domain.preparing.steps import reject
from oms.domain.timeline import Entry
from tests.cloud import World, receive
from tests.orders import allocate, authorise, place
from tests.rerouting import swept as sweep

HOUR = 3600
FRIDAY = date(2026, 11, 27)  # the tests' now is the Tuesday before


@pytest.fixture
def shop(world: World) -> World:
    """The web channel lets a day be named."""
    named = ("standard", "express", "named_day")
    for id, waits in (("web", False), ("patient", True)):
        world.config.put(f"CHANNEL#{id}", Channel(id, id, "EUR", services=named, backorder=waits))
    receive(world, "SKU-001", "dc-lille", 5)
    return world


def name(world: World, day: date, quantity: int = 1, **more):
    return place(world, {"SKU-001": quantity}, service="named_day", day=day.isoformat(), **more)


def test_a_named_day_is_the_promise_and_its_stock_is_held_at_once(shop: World) -> None:
    day = FRIDAY
    snapshot = name(shop, day).snapshot
    assert snapshot.promise is not None
    assert (snapshot.promise.deliver_by, snapshot.promise.service) == (str(day), "named_day")
    assert snapshot.promise.ship_by == str(day - timedelta(days=1))
    (hold,) = snapshot.holds
    assert (hold.kind, hold.reason) == (SCHEDULED, "NAMED_DAY")
    item = shop.stock.items.get("SKU-001", "dc-lille")
    assert item is not None
    assert item.available == 4


def test_its_node_hears_of_it_when_work_begins_and_not_before(shop: World) -> None:
    order_id = name(shop, FRIDAY).snapshot.id
    authorise(shop, order_id)
    assert allocate(shop, order_id) == progress.ON_HOLD
    until = shop.orders.get(order_id).state.holds[0].until
    shop.now = until - 1
    assert sweep(shop) == []
    shop.now = until
    assert sweep(shop) == ["release_hold"]
    assert sweep(shop) == [], "twice is once"
    assert allocate(shop, order_id) == progress.FULFILLING
    (part,) = shop.orders.get(order_id).parts
    assert part.promise == shop.orders.get(order_id).snapshot.promise


def test_a_day_that_begins_at_once_needs_no_hold(shop: World) -> None:
    soonest = place(shop, {"SKU-001": 1}, external_id="e0").snapshot.promise
    assert soonest is not None
    placed = name(shop, date.fromisoformat(soonest.deliver_by)).snapshot
    begins = datetime.fromisoformat(soonest.cutoff).replace(hour=0, minute=0, second=0)
    assert bool(placed.holds) == (begins.timestamp() > shop.now)


@pytest.mark.parametrize("channel", ["web", "patient"])
def test_a_day_on_which_nobody_delivers_is_refused_by_its_field(shop: World, channel: str) -> None:
    sunday = date(2026, 11, 29)
    with pytest.raises(ValidationFailed) as refused:
        name(shop, sunday, channel=channel)
    assert list(refused.value.fields) == ["/delivery/day"]
    with pytest.raises(OutOfStock):
        name(shop, FRIDAY, quantity=9, channel=channel, external_id="e2")


def test_an_accepted_order_whose_day_is_gone_arrives_as_soon_as_it_can(shop: World) -> None:
    order_id = name(shop, FRIDAY).snapshot.id
    authorise(shop, order_id)
    shop.now = shop.orders.get(order_id).state.holds[0].until
    sweep(shop)
    allocate(shop, order_id)
    order = shop.orders.get(order_id)
    event, after = reject(order.parts[0], {}, "NO_CAPACITY")
    shop.orders.save_part(after, Entry(2, event, shop.now, "staff"))
    receive(shop, "SKU-001", "dc-leipzig", 5)
    shop.now += 6 * 24 * HOUR
    assert allocate(shop, order_id) == progress.FULFILLING
    late = shop.orders.get(order_id).parts[-1]
    assert late.node == "dc-leipzig"
    assert late.promise is not None
    assert late.promise.deliver_by > order.snapshot.day


def test_a_pre_order_is_promised_from_its_release_on_and_waits_for_it(shop: World) -> None:
    release = date(2026, 12, 9)
    product = Product("SKU-001", "New", 500, price={"EUR": 1999}, release_at=str(release))
    shop.config.put("PRODUCT#SKU-001", product)
    placed = place(shop, {"SKU-001": 1}).snapshot
    assert placed.promise is not None
    assert placed.promise.ship_by >= str(release)
    assert [hold.reason for hold in placed.holds] == ["RELEASE_DATE"]
    authorise(shop, placed.id)
    assert allocate(shop, placed.id) == progress.ON_HOLD
    shop.now = placed.holds[0].until
    assert sweep(shop) == ["release_hold"]
    assert allocate(shop, placed.id) == progress.FULFILLING
