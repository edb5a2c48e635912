"""Who died holding the last piece does not stand in their own way when they come again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oms.domain.errors import Fault, OutOfStock
from oms.domain.model.fulfilment import NO_CAPACITY, rejected
from oms.domain.timeline import Entry
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, assigned, place


def died(*_: object, **__: object) -> object:
    raise Fault("died holding stock")


def once_dead(
    world: World, monkeypatch: pytest.MonkeyPatch, save: str, run: Callable[[], object]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(world.orders, save, died)
        with pytest.raises(Fault):
            run()


def test_a_repeated_order_finds_the_stock_that_it_holds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, "SKU-001", "dc-lille", 2)
    once_dead(world, monkeypatch, "create", lambda: place(world, {"SKU-001": 2}))
    with pytest.raises(OutOfStock):
        place(world, {"SKU-001": 1}, external_id="another")
    placed = place(world, {"SKU-001": 2})
    assert placed.created
    assert [part.node for part in placed.snapshot.planned] == ["dc-lille"]
    item = world.stock.items.get("SKU-001", "dc-lille")
    assert item
    assert (item.available, len(item.claims)) == (0, 1)


def test_a_repeated_allocation_finds_the_stock_that_it_holds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, "SKU-001", "dc-lille", 2)
    receive(world, "SKU-001", "dc-leipzig", 2)
    order = assigned(world, {"SKU-001": 2})
    part = order.parts[0]
    refused = rejected(part, {1: NO_CAPACITY})
    saved = world.orders.save_part(refused, Entry(part.version + 1, "reject", world.now))
    part_changed("reject", saved, deps=bundle(Executing, world))
    once_dead(world, monkeypatch, "save_state", lambda: allocate(world, order.id))
    assert allocate(world, order.id) == "FULFILLING"
    assert [part.node for part in world.orders.get(order.id).parts] == ["dc-lille", "dc-leipzig"]


def test_what_a_living_part_holds_is_not_there_twice(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 3)
    order = assigned(world, {"SKU-001": 2})
    read = {"consistent": True, "order_id": order.id, "first_part": order.next_part}
    found = world.stock.availability.network(["SKU-001"], (), **read)  # type: ignore[arg-type]
    assert found.available["SKU-001", "dc-lille"] == 1
