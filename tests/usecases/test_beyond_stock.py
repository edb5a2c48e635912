"""What may be sold beyond stock: a cap that holds, and units that come back to it."""

from __future__ import annotations

import pytest

from oms.domain.errors import OutOfStock
from oms.domain.model.product import Product
from oms.domain.model.supply import Supply
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import state_changed
from oms.usecases.following_stock.fill_backorders import fill_backorders
from oms.usecases.following_stock.follow_stock import fresh_claims
from oms.usecases.placing.beyond_stock import settle_beyond_stock
from oms.usecases.serving.cancel_order import cancel_order
from oms.usecases.serving.deps import Serving
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, authorise, place
from tests.stock_deps import following_stock

SKU = "SKU-001"


def capped(world: World, limit: int, lead_days: int = 0) -> None:
    product = Product(
        SKU, "T-shirt", 500, price={"EUR": 1999}, backorder_limit=limit, max_lead_days=lead_days
    )
    world.config.put(f"PRODUCT#{SKU}", product)


def order(world: World, quantity: int, id: str) -> str:
    return place(world, {SKU: quantity}, channel="patient", external_id=id).snapshot.id


def counted(world: World) -> int:
    row = world.stock.table.get(f"SKU#{SKU}", "BACKORDER") or {}
    assert row.get("q", 0) == sum(n for name, n in row.items() if name.startswith("o_"))
    return int(row.get("q", 0))


def test_the_cap_is_reached_and_not_exceeded(world: World) -> None:
    capped(world, 3)
    receive(world, SKU, "dc-lille", 1)
    order(world, 3, "e1")  # one from stock, two beyond
    assert order(world, 3, "e1"), "again it is the same order"
    assert counted(world) == 2
    with pytest.raises(OutOfStock):
        order(world, 2, "e2")
    order(world, 1, "e3")
    assert counted(world) == 3
    with pytest.raises(OutOfStock) as refused:
        order(world, 1, "e4")
    assert refused.value.extra["missing"] == {SKU: 1}


def test_what_was_claimed_beside_is_given_back_when_the_cap_refuses(world: World) -> None:
    capped(world, 1)
    receive(world, SKU, "dc-lille", 2)
    with pytest.raises(OutOfStock):
        order(world, 4, "e1")
    item = world.stock.items.get(SKU, "dc-lille")
    assert item is not None
    assert (item.available, counted(world)) == (2, 0)


def test_receipts_beyond_the_longest_lead_do_not_count(world: World) -> None:
    capped(world, 9, lead_days=30)
    world.stock.supply.put(Supply("po-1", SKU, "dc-lille", 4, "2026-12-01", confidence=50))
    world.stock.supply.put(Supply("po-2", SKU, "dc-lille", 9, "2027-06-01"))
    order(world, 2, "e1")
    with pytest.raises(OutOfStock):
        order(world, 1, "e2")


def test_served_units_come_back_to_the_cap(world: World) -> None:
    capped(world, 3)
    id = order(world, 3, "e1")
    authorise(world, id)
    allocate(world, id)
    receive(world, SKU, "dc-lille", 2, id="more")
    fill_backorders(SKU, "dc-lille", following_stock(world))
    for _ in range(2):
        settle_beyond_stock(id, SKU, orders=world.orders, backorders=world.backorders)
        assert counted(world) == 1
    order(world, 2, "e2")


def test_a_cancelled_order_gives_its_share_back(world: World) -> None:
    capped(world, 3)
    id = order(world, 3, "e1")
    authorise(world, id)
    allocate(world, id)
    before = world.orders.get(id).state
    cancel_order(id, reason="NO_LONGER", actor="c1", deps=bundle(Serving, world))
    for _ in range(2):
        state_changed(id, before, deps=bundle(Executing, world))
    assert counted(world) == 0


def test_a_share_whose_order_was_never_written_is_found_and_given_back(world: World) -> None:
    assert world.backorders.take(SKU, "0123456789ABCDEF", 2, 3)
    row = world.stock.table.get(f"SKU#{SKU}", "BACKORDER")
    (fresh,) = fresh_claims(f"SKU#{SKU}", "BACKORDER", None, row)
    assert fresh == {"claim": "0123456789ABCDEF", "sku": SKU, "node": "BACKORDER"}
    assert list(fresh_claims(f"SKU#{SKU}", "BACKORDER", row, row)) == []
    settle_beyond_stock(fresh["claim"], SKU, orders=world.orders, backorders=world.backorders)
    assert counted(world) == 0


def test_without_a_limit_nothing_is_counted(world: World) -> None:
    order(world, 9, "e1")
    assert counted(world) == 0
