from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import IdempotencyConflict, OutOfStock
from oms.domain.model.order import Hold
from oms.domain.model.product import Product
from oms.domain.model.stock_item import problems
from oms.domain.model.supply import Supply
from oms.stores.config.keys import channel_pk
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import place_order
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import new_order, place


def available(world: World, sku: str, node: str = "dc-lille") -> int:
    item = world.stock.items.get(sku, node)
    assert item is not None
    assert problems(item) == []
    return item.available


def test_stock_is_held_before_the_answer(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    placed = place(world, {"SKU-001": 2})
    assert placed.created
    assert available(world, "SKU-001") == 3


def test_the_same_order_again_changes_nothing(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    first = place(world, {"SKU-001": 2})
    again = place(world, {"SKU-001": 2})
    assert (again.created, again.snapshot) == (False, first.snapshot)
    assert available(world, "SKU-001") == 3


def test_the_same_key_for_a_different_order_is_refused(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    place(world, {"SKU-001": 2}, fingerprint="one")
    with pytest.raises(IdempotencyConflict):
        place(world, {"SKU-001": 3}, fingerprint="other")
    assert available(world, "SKU-001") == 3


def test_the_same_order_again_is_found_whatever_is_configured_since(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    first = place(world, {"SKU-001": 2})
    channel = world.config.channel("web")
    for now in (
        replace(channel, currency="USD", payment="stripe"),
        replace(channel, methods=("PICKUP",), services=()),
        replace(channel, marketplace="amazon"),
    ):
        world.config.put(channel_pk("web"), now)
        again = place(world, {"SKU-001": 2})
        assert (again.created, again.snapshot) == (False, first.snapshot)
    world.config.put_product(Product("SKU-001", "No price any more"))
    assert not place(world, {"SKU-001": 2}).created


def test_what_cannot_be_held_is_refused_with_what_is_missing(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 1)
    receive(world, "SKU-002", "dc-lille", 9)
    world.stock.supply.put(Supply("po-1", "SKU-001", "dc-lille", 50, "2026-11-30"))
    with pytest.raises(OutOfStock) as refused:
        place(world, {"SKU-001": 3, "SKU-002": 1})
    assert refused.value.extra["missing"] == {"SKU-001": 2}
    assert refused.value.extra["alternatives"]["backorder_deliver_by"] == "2026-12-01"
    assert refused.value.fields == {"/lines/0": "2 short"}
    assert (available(world, "SKU-001"), available(world, "SKU-002")) == (1, 9)


def test_two_lines_of_one_sku_are_added_before_the_check(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = new_order({"SKU-001": 3})
    with pytest.raises(OutOfStock):
        place_order(replace(order, lines=order.lines * 2), deps=bundle(Placing, world))
    assert available(world, "SKU-001") == 5


def test_a_channel_that_backorders_keeps_what_is_missing_waiting(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 1)
    placed = place(world, {"SKU-001": 3}, channel="patient")
    assert placed.snapshot.waiting == {1: frozenset({1, 2})}
    assert available(world, "SKU-001") == 0


def test_an_order_that_no_node_can_fill_alone_is_split(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 2)
    receive(world, "SKU-002", "dc-leipzig", 2)
    placed = place(world, {"SKU-001": 2, "SKU-002": 2})
    assert {part.node for part in placed.snapshot.planned} == {"dc-lille", "dc-leipzig"}


def test_an_order_that_is_not_ours_to_ship_holds_no_stock(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    hold = Hold("EXTERNAL", "FULFILLED_BY_CHANNEL")
    place(world, {"SKU-001": 2}, channel="amazon", holds=(hold,))
    assert available(world, "SKU-001") == 5


def test_a_lost_race_for_the_last_units_plans_again_elsewhere(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, "SKU-001", "dc-lille", 2)
    receive(world, "SKU-001", "dc-leipzig", 2)
    read = world.stock.availability.network
    rivals = iter(["rival"])

    def network(*args: object, **kwargs: object) -> object:
        seen = read(*args, **kwargs)  # type: ignore[arg-type]
        if next(rivals, None):
            place(world, {"SKU-001": 2}, external_id="rival")
        return seen

    monkeypatch.setattr(world.stock.availability, "network", network)
    placed = place(world, {"SKU-001": 2})
    assert [part.node for part in placed.snapshot.planned] == ["dc-leipzig"]
    assert (available(world, "SKU-001"), available(world, "SKU-001", "dc-leipzig")) == (0, 0)


def test_pickup_is_held_at_the_chosen_store_only(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 9)
    with pytest.raises(OutOfStock):
        place(world, {"SKU-001": 1}, method="PICKUP", node="store-paris", ship_to=None)
    receive(world, "SKU-001", "store-paris", 1)
    placed = place(world, {"SKU-001": 1}, method="PICKUP", node="store-paris", ship_to=None)
    assert [part.node for part in placed.snapshot.planned] == ["store-paris"]
    assert placed.snapshot.promise
    assert placed.snapshot.promise.ready_by
