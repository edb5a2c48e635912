"""Moving an order's parts in tests: save the transition, let the stream follow, twice."""

from __future__ import annotations

from oms.domain.model import fulfilment as fo
from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.model.stock_item import problems
from oms.domain.timeline import Entry
from oms.edge.principal import STAFF, Principal
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.paying.capture_part import capture_part
from oms.usecases.paying.conclude_order import conclude_order
from oms.usecases.paying.deps import Paying
from tests.bundles import bundle

from .cloud import World


def move(world: World, order_id: str, number: int, event: str, after: fo.FulfilmentOrder) -> None:
    """Save a part's transition and let the stream follow, twice."""
    world.orders.save_part(after, Entry(after.version + 1, event, world.now, "test"))
    follow(world, world.orders.part(order_id, number), event)


def through(world: World, order_id: str, number: int, *events: str) -> None:
    for event in events:
        move(world, order_id, number, event, world.orders.part(order_id, number).moved(event))


def item(world: World, sku: str, node: str = "dc-lille") -> dict[str, int]:
    found = world.stock.items.get(sku, node)
    assert found is not None
    assert problems(found) == [], found
    return {
        "on_hand": found.on_hand,
        "allocated": found.allocated,
        "staged": found.staged,
        "available": found.available,
    }


def capture(world: World, order_id: str, number: int) -> object:
    return capture_part(order_id, number, deps=bundle(Paying, world))["outcome"]


def conclude(world: World, order_id: str) -> str:
    return conclude_order(order_id, deps=bundle(Paying, world))["outcome"]


def at(node: str) -> Principal:
    """Who works there."""
    return Principal(f"staff-{node}", frozenset({STAFF}), frozenset({node}))


def follow(world: World, part: FulfilmentOrder, event: str) -> None:
    """What the stream tells of a part, told twice."""
    for _ in range(2):
        part_changed(event, part, deps=bundle(Executing, world))  # fmt: skip
