"""Promises after the order: at risk, late, told once for each new date, measured at the door."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.stores.dynamo.table import Table
from oms.stores.orders.store import OrderStore

pytestmark = pytest.mark.system


def store(world: World) -> OrderStore:
    return OrderStore(Table(world.stack.client("dynamodb"), world.stack.physical("OrdersTable")))


def rewrite(world: World, order: str, part: int, sets: str, **values: Any) -> None:
    """As if the part had been written otherwise: time cannot be sent forward."""
    world.stack.client("dynamodb").update_item(
        TableName=world.stack.physical("OrdersTable"),
        Key={"pk": {"S": f"O#{order}"}, "sk": {"S": f"FO#{part:02d}"}},
        UpdateExpression=f"SET {sets}",
        ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
    )


def delays(world: World, order: str) -> list[str]:
    """The dates that the customer was told."""
    return [str(row["epoch"]) for row in store(world).get(order).messages if row.get("epoch")]


def test_what_nobody_accepts_in_time_goes_to_a_node_that_keeps_the_promise(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"dc-lille": 5})
    order = shop.place({sku: 2})
    part = staff.wait_for_part(order)
    world.loader.receive(sku, "store-paris", 9)
    world.loader.receive(sku, "store-lyon", 9)
    far = "2099-12-31"  # whoever takes over keeps it
    rewrite(
        world, order, part["part"],
        "due = :now, expires = :far, promised = :day",
        now={"N": "1"}, far={"N": str(int(datetime.now(UTC).timestamp()) + 7200)},
        day={"S": far},
    )  # fmt: skip
    world.clock.sweep_until(lambda: "AT_RISK" in store(world).part(order, part["part"]).flags)
    follower = staff.wait_for_part(order, after=part["part"])
    assert follower["node"] in ("store-paris", "store-lyon")
    staff.finish(follower)
    shop.wait_for(order, "SHIPPED")


def test_a_late_part_has_a_new_date_that_is_told_once_and_the_old_one_stays(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"dc-lille": 5})
    placed = shop.send(shop.body({sku: 1}))
    order, promised = placed["id"], placed["promise"]["deliver_by"]
    part = staff.do("accept", staff.wait_for_part(order))
    rewrite(
        world, order, 1,
        "due = :now, promise.ship_by = :past, promise.deliver_by = :past",
        now={"N": "1"}, past={"S": "2026-01-02"},
    )  # fmt: skip
    client, table = world.stack.client("dynamodb"), world.stack.physical("OrdersTable")
    client.update_item(
        TableName=table,
        Key={"pk": {"S": f"O#{order}"}, "sk": {"S": "SNAPSHOT"}},
        UpdateExpression="SET promise.deliver_by = :past",
        ExpressionAttributeValues={":past": {"S": "2026-01-02"}},
    )
    world.clock.sweep_until(lambda: "LATE" in store(world).part(order, 1).flags)
    (day,) = eventually(lambda: delays(world, order), waiting_for="the message of the delay")
    assert day >= promised
    found = store(world).part(order, 1)
    assert found.expected is not None
    assert found.expected.deliver_by == day
    world.clock.sweep()
    seen = world.service.see(order)
    assert seen.raw["cases"][0]["kind"] == "MILESTONE"
    staff.finish(part)
    shop.wait_for(order, "SHIPPED")
    assert delays(world, order) == [day]
