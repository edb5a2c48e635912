"""What is promised beyond what there is: the last in line moves, the case says the rest."""

from __future__ import annotations

from oms.domain.model.stock_item import problems
from oms.domain.stock.counting import count
from oms.stores.dynamo.table import Table
from oms.stores.stock.cases import StockCaseStore
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.following_stock.settle_shortage import settle_shortage
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import assigned
from tests.stock_deps import following_stock

SKU, HERE, ELSEWHERE = "SKU-001", "dc-lille", "dc-leipzig"


def found(world: World, units: int, id: str) -> None:
    item = world.stock.items.get(SKU, HERE)
    assert item
    world.stock.movements.book(
        count(id, item, units, as_of=0, now=world.now, actor="ann"), now=world.now
    )


def settle(world: World) -> str:
    return settle_shortage(SKU, HERE, following_stock(world))  # fmt: skip


def status(world: World) -> str:
    rows = StockCaseStore(Table(world.client, "Stock")).cases(SKU)
    return rows[0]["status"] if rows else ""


def test_the_last_in_line_moves_once_and_the_case_closes(world: World) -> None:
    receive(world, SKU, HERE, 2)
    first = assigned(world, {SKU: 1}, external_id="first", placed_at=world.now)
    second = assigned(world, {SKU: 1}, external_id="second", placed_at=world.now + 1)
    assert settle(world) == ""
    receive(world, SKU, ELSEWHERE, 1)
    found(world, 1, "c1")
    assert (settle(world), status(world)) == (second.id, "OPEN")
    assert settle(world) == "", "its units are on their way back"
    moved = world.orders.get(second.id)
    assert [(part.node, part.status) for part in moved.parts] == [
        (HERE, "SUPERSEDED"), (ELSEWHERE, "ASSIGNED"),
    ]  # fmt: skip
    part_changed("move", moved.parts[0], deps=bundle(Executing, world))  # fmt: skip
    assert (settle(world), status(world)) == ("", "RESOLVED")
    item = world.stock.items.get(SKU, HERE)
    assert item
    assert (item.available, problems(item), list(item.claims)) == (0, [], [f"{first.id}.1"])


def test_what_nobody_else_has_stays_and_so_does_the_case(world: World) -> None:
    receive(world, SKU, HERE, 2)
    order = assigned(world, {SKU: 2})
    found(world, 1, "c1")
    for _ in range(2):
        assert (settle(world), status(world)) == ("", "OPEN")
    assert [part.status for part in world.orders.get(order.id).parts] == ["ASSIGNED"]
    found(world, 2, "c2")
    assert (settle(world), status(world)) == ("", "RESOLVED")
