"""What left is watched until it is there: late told once, accuracy read, late lanes promised later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from local.actors.carrier import DELIVERED, IN_TRANSIT
from local.actors.patience import eventually
from local.actors.people import CAMILLE
from local.actors.staff import Part
from local.actors.world import World
from oms.stores.orders import keys
from tests.system.test_promise_kept import delays, rewrite, store

pytestmark = pytest.mark.system


def ago(days: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=days)).isoformat()


def labelled(world: World, day: str, **wishes: Any) -> Part:
    """A part that was promised for `day`, which nobody can order today, ready for its carrier."""
    sku = world.new_sku({"dc-lille": 5})
    order = world.shop.place({sku: 1}, **wishes)
    part = world.staff.wait_for_part(order)
    past = {"S": day}
    sets = "promised = :day, promise.ship_by = :day, promise.deliver_by = :day"
    rewrite(world, order, part["part"], sets, day=past)
    world.stack.client("dynamodb").update_item(
        TableName=world.stack.physical("OrdersTable"),
        Key={"pk": {"S": keys.order_pk(order)}, "sk": {"S": keys.SNAPSHOT}},
        UpdateExpression="SET promise.deliver_by = :day",
        ExpressionAttributeValues={":day": past},
    )
    for action in ("accept", "pick", "pack", "label"):
        part = world.staff.do(action, part)
    return part


def look_until(world: World, so: Callable[[], object], what: str) -> None:
    """The schedule may have looked first: it is the same to it and to us."""

    def look() -> object:
        world.keeper.look()
        return so()

    eventually(look, waiting_for=what)


def test_promised_is_measured_against_delivered(world: World) -> None:
    day = ago(5)
    for there in (day, ago(3)):
        part = labelled(world, day)
        world.carrier.scan(DELIVERED, part, at=f"{there}T12:00:00Z")
        world.shop.wait_for(part["order_id"], "DELIVERED")

    def found() -> dict[str, Any]:
        return world.keeper.accuracy(since=day, until=day, by="lane", node="dc-lille")

    look_until(world, lambda: found()["total"]["parts"] == 2, "both to be counted")
    world.keeper.look()  # as often as it runs, they count once
    assert found()["total"]["on_time_permille"] == 500
    assert found()["total"]["late_days"] == {"0": 1, "2": 1}
    assert [group["name"] for group in found()["groups"]] == ["swift/standard/FR-FR"]


def test_a_parcel_that_does_not_come_is_late_once_and_its_new_day_is_told_once(
    world: World,
) -> None:
    part = world.staff.do("ship", labelled(world, ago(6)))
    order, number = part["order_id"], part["part"]
    look_until(world, lambda: store(world).part(order, number).flags == {"LATE"}, "it to be late")
    world.keeper.look()
    seen = store(world).part(order, number)
    assert seen.expected is not None
    assert seen.expected.deliver_by > ago(0)
    (day,) = eventually(lambda: delays(world, order), waiting_for="the message of the delay")
    assert day == seen.expected.deliver_by
    events = world.service.see(order).events
    assert events.count("fulfilment.late") == 1
    world.carrier.deliver(part)
    world.shop.wait_for(order, "DELIVERED")
    assert store(world).part(order, number).flags == frozenset()
    assert delays(world, order) == [day]


def test_a_later_day_that_the_carrier_names_is_told_before_it_is_late(world: World) -> None:
    sku = world.new_sku({"dc-lille": 5})
    placed = world.shop.send(world.shop.body({sku: 1}))
    order = placed["id"]
    part = world.staff.finish(world.staff.wait_for_part(order))
    promised = date.fromisoformat(placed["promise"]["deliver_by"])
    later = (promised + timedelta(days=3)).isoformat()
    for _ in range(2):
        world.carrier.scan(IN_TRANSIT, part, eta=later)
    found = eventually(lambda: delays(world, order), waiting_for="the message of the delay")
    assert found == [later]
    seen = world.service.see(order)
    assert seen.events.count("fulfilment.at_risk") == 1
    assert seen.parts[0]["flags"] == ["AT_RISK"]
    assert seen.parts[0]["promise"]["deliver_by"] == promised.isoformat()


def test_a_lane_that_is_late_too_often_is_promised_a_day_later(world: World) -> None:
    lisbon = replace(CAMILLE, city="Lisboa", country="PT", lat="38.72", lon="-9.14")
    lane = "swift/standard/FR-PT"
    sku = world.new_sku({"dc-lille": 5})

    def margin() -> int:
        options = world.shop.availability({sku: 1}, "PT")["options"]
        (found,) = [each for each in options if each["service"] == "standard"]
        return int(found["promise"]["margin_days"])

    part = labelled(world, ago(4), to=lisbon)
    long = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    world.carrier.scan(DELIVERED, part, at=long)
    world.shop.wait_for(part["order_id"], "DELIVERED")
    look_until(world, lambda: world.keeper.accuracy(lane=lane)["total"]["parts"], "its lane")
    try:
        world.keeper.learn(least_parcels=1, target_percent=50)
        found = world.keeper.lanes()[lane]
        assert (found["margin_days"], found["parcels"], found["on_time_permille"]) == (1, 1, 0)
        eventually(lambda: margin() == 1, waiting_for="the margin to be promised")
        order = world.shop.place({sku: 1}, to=lisbon)
        assert world.service.see(order).raw["promise"]["margin_days"] == 1
    finally:
        world.keeper.learn()
    assert lane not in world.keeper.lanes()
    eventually(lambda: margin() == 0, waiting_for="the margin to be taken away")
