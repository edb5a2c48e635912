"""A hot SKU for tests: heated, bought, settled, its stream followed."""

from __future__ import annotations

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from oms.domain.hot_stock.pages import LOT
from oms.domain.model.movement_kind import HeatMode
from oms.domain.model.stock_item import StockItem, problems
from oms.stores.dynamo.table import Table, from_wire
from oms.stores.stock.store import StockStore
from oms.usecases.following_stock.follow_stock import follow_stock
from oms.usecases.following_stock.settle_pages import settle_pages
from oms.usecases.stocking.set_heat import set_heat
from tests.cloud import World, receive
from tests.orders import place
from tests.stock_deps import following_stock, stocking

SKU, NODE = "SKU-001", "dc-lille"
UNITS = 3 * LOT
NUMBERS = count()
SEEN: WeakKeyDictionary[Any, dict[tuple[str, str], Any]] = WeakKeyDictionary()


def heated(world: World, units: int) -> World:
    receive(world, SKU, NODE, units)
    set_heat(SKU, NODE, HeatMode.ALWAYS, stocking(world))
    world.stock.memory.clock = count().__next__  # whatever is asked is asked seconds later
    follow_stream(world)
    return world


def another_worker(world: World) -> StockStore:
    return StockStore(Table(world.client, "Stock"), clock=lambda: 0.0, now=lambda: world.now)


def first(world: World) -> StockItem:
    item = world.stock.items.get(SKU, NODE)
    assert item
    assert item.pages
    return item


def whole(world: World) -> StockItem:
    item = world.stock.items.whole(SKU, NODE)
    assert item
    return item


def page(world: World, number: int) -> StockItem:
    item = world.stock.items.get(SKU, NODE, number)
    assert item
    assert problems(item) == []
    return item


def buy(world: World, quantity: int = 1) -> dict[str, int]:
    """Places an order; the pages that hold its claims."""
    placed = place(world, {SKU: quantity}, external_id=f"hot-{next(NUMBERS)}")
    return dict(placed.snapshot.planned[0].locations)


def settle(world: World, later_s: int = 0) -> None:
    settle_pages(SKU, NODE, following_stock(world, now=world.now + later_s))


def follow_stream(world: World) -> None:
    """Deliver what changed in the stock table, until nothing does."""
    seen = SEEN.setdefault(world.client, {})
    while changed := [
        (key, seen.get(key), row) for key, row in stored(world).items() if row != seen.get(key)
    ]:
        for (pk, sk), old, new in changed:
            seen[pk, sk] = new
            follow_stock(pk, sk, old, new, following_stock(world))  # fmt: skip


def stored(world: World) -> dict[tuple[str, str], Any]:
    rows = map(from_wire, world.client.items("Stock"))
    return {(row["pk"], row["sk"]): row for row in rows if row["sk"] != "MOVE"}
