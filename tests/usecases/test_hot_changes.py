"""A hot SKU changes: releases, heating and cooling, counts, empty shelves."""

from __future__ import annotations

from dataclasses import replace

from oms.domain.hot_stock.pages import LOT
from oms.domain.model import fulfilment as fo
from oms.domain.model.movement_kind import HeatMode
from oms.domain.stock import movements
from oms.usecases.executing.follow_part import follow_part
from oms.usecases.following_stock.detect_hot_skus import detect_hot_skus
from oms.usecases.following_stock.settle_shortage import settle_shortage
from oms.usecases.stocking.count_stock import count_stock
from oms.usecases.stocking.reports import StockCount
from oms.usecases.stocking.set_heat import set_heat
from tests.cloud import NOW, World, receive
from tests.hot_stock import (
    NODE,
    SKU,
    UNITS,
    buy,
    first,
    follow_stream,
    page,
    settle,
    whole,
)
from tests.orders import assigned, place
from tests.stock_deps import following_stock, stocking


def test_units_released_on_a_page_go_back_to_page_0(hot: World) -> None:
    order = place(hot, {SKU: 1}).snapshot
    for _ in range(LOT):
        buy(hot)
    follow_stream(hot)
    release = movements.deallocate(f"{order.id}.1", SKU, NODE, 1)
    assert hot.stock.movements.move(replace(release, location=1))
    assert whole(hot).available == UNITS - LOT
    settle(hot, later_s=60)
    assert page(hot, 1).available == 0
    assert first(hot).available == UNITS - LOT


def test_a_sku_cools_without_losing_a_unit(hot: World) -> None:
    order = place(hot, {SKU: 2}).snapshot
    set_heat(SKU, NODE, HeatMode.AUTO, stocking(hot))
    follow_stream(hot)
    assert first(hot).pages.settled  # type: ignore[union-attr]
    assert (first(hot).available, whole(hot).available) == (UNITS - 2, UNITS - 2)
    assert buy(hot) == {}
    ship = {"prepare": movements.prepare, "ship": movements.ship}
    for move in ship.values():
        assert hot.stock.movements.move(replace(move(f"{order.id}.1", SKU, NODE, 2), location=1))
    assert (whole(hot).on_hand, whole(hot).staged) == (UNITS - 2, 0)
    hot.now += 3600
    settle(hot)
    assert hot.stock.items.get(SKU, NODE, 1) is None  # nothing was left of it
    assert whole(hot).on_hand == UNITS - 2


def test_what_observation_heated_cools_when_it_is_idle(world: World) -> None:
    receive(world, SKU, NODE, UNITS)
    claims = [{"sku": SKU, "node": NODE, "at": NOW + n // 50} for n in range(60)]
    assert detect_hot_skus(claims, following_stock(world)) == [(SKU, NODE)]
    assert detect_hot_skus(claims, following_stock(world)) == []
    assert buy(world) == {SKU: 1}
    settle(world, later_s=59)
    assert first(world).pages.hot  # type: ignore[union-attr]
    settle(world, later_s=60)
    assert not first(world).pages.hot  # type: ignore[union-attr]
    assert whole(world).available == UNITS - 1


def test_never_is_never(world: World) -> None:
    set_heat(SKU, NODE, HeatMode.NEVER, stocking(world))
    receive(world, SKU, NODE, UNITS)
    claims = [{"sku": SKU, "node": NODE, "at": NOW}] * 100
    assert detect_hot_skus(claims, following_stock(world)) == []
    assert buy(world) == {}


def test_a_count_is_of_all_pages(hot: World) -> None:
    buy(hot, 5)
    done = count_stock(StockCount("count", SKU, NODE, UNITS - 1), "ann", stocking(hot))
    assert (done["on_hand"], done["available"]) == (UNITS - 1, UNITS - 6)
    assert page(hot, 1).on_hand == LOT


def test_the_last_in_line_gives_way_whatever_page_holds_it(hot: World) -> None:
    orders = [assigned(hot, {SKU: LOT}, external_id=f"o{n}", placed_at=NOW + n) for n in range(3)]
    assert [order.parts[0].location_of(SKU) for order in orders] == [1, 2, 3]
    receive(hot, SKU, "dc-leipzig", LOT)
    counted(hot, "c1", 2 * LOT)
    assert (first(hot).available, settle_short(hot)) == (-LOT, orders[2].id)
    nodes = [part.node for part in hot.orders.get(orders[2].id).parts]
    assert nodes == [NODE, "dc-leipzig"]


def test_what_a_count_misses_is_not_sold_from_a_page(hot: World) -> None:
    buy(hot, 2)
    counted(hot, "c1", 2)
    assert (first(hot).available, page(hot, 1).available) == (2 - LOT, LOT - 2)
    assert settle_short(hot) == ""
    assert (first(hot).available, page(hot, 1).available) == (0, 0)


def counted(world: World, id: str, units: int) -> None:
    count_stock(StockCount(id, SKU, NODE, units), "ann", stocking(world))


def settle_short(world: World) -> str:
    return settle_shortage(SKU, NODE, following_stock(world))  # fmt: skip


def test_an_empty_shelf_is_empty_on_every_page(hot: World) -> None:
    order = place(hot, {SKU: 1}).snapshot
    part = fo.FulfilmentOrder(
        order.id, 1, NODE, "SHIP", {}, {1: SKU}, status=fo.PICKED, locations={SKU: 1},
        short={1: frozenset({0})}, reasons={1: fo.NOT_IN_STOCK},
    )  # fmt: skip
    for _ in range(2):
        follow_part("pick", part, stock=hot.stock, now=NOW)
    assert (whole(hot).on_hand, whole(hot).allocated) == (0, 0)
    assert whole(hot).available <= 0


def test_the_longest_page_is_one_write_unit() -> None:
    from benchmarks.units import WRITE_UNIT_BYTES, item_bytes
    from oms.domain.hot_stock.pages import Take, opened, take
    from oms.stores.dynamo.table import to_wire
    from oms.stores.stock.update import new_item

    sku, node, item = "S" * 64, "n" * 64, None
    for n in range(LOT):
        move = replace(movements.allocate(f"{n:016d}.20", sku, node, 1), location=99_999)
        step = Take(move, LOT, NOW)
        item = take(item, step) if item is None else take(item, replace(step, opens=0))
        assert item
    assert item
    assert item.on_hand == opened(step).on_hand
    assert item_bytes(to_wire(new_item(item, move, LOT))) <= WRITE_UNIT_BYTES


def test_what_was_just_heated_does_not_cool_before_anybody_leased(world: World) -> None:
    receive(world, SKU, NODE, UNITS)
    assert world.stock.heat.heat(SKU, NODE)
    settle(world, later_s=59)
    assert first(world).pages.hot  # type: ignore[union-attr]
    settle(world, later_s=60)
    assert not first(world).pages.hot  # type: ignore[union-attr]
