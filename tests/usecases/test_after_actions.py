"""What becomes of units that no node serves, when an order is sourced again."""

from __future__ import annotations

import pytest

from oms.domain.model.order import Order
from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import Strategy
from oms.domain.orders import progress
from oms.domain.timeline import Entry
from tests.cloud import World, receive
from tests.orders import allocate, assigned


def given_back(world: World, action: str) -> Order:
    """An order whose only node gave it back, sourced again by a strategy with this after-action."""
    only = Strategy("only", on_partial=action, on_none=action)
    world.config.put("RULES#default", SourcingRules(strategies=(only,)))
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 2})
    (part,) = order.parts
    refused = part.moved("reject", reasons={1: "NO_VARIANCE"}, due=None)
    world.orders.save_part(refused, Entry(part.version + 1, "reject", world.now, "staff"))
    allocate(world, order.id)
    return world.orders.get(order.id)


@pytest.mark.parametrize(
    ("action", "situation", "cases"),
    [
        ("COMMIT_PART", progress.BACKORDERED, ["NO_NODE_LEFT"]),
        ("NEXT_STRATEGY", progress.BACKORDERED, ["NO_NODE_LEFT"]),
        ("EXCEPTION_QUEUE", progress.BACKORDERED, ["STRATEGY"]),
        ("CANCEL_REST", progress.DONE, []),
    ],
)
def test_the_after_action_decides(
    world: World, action: str, situation: str, cases: list[str]
) -> None:
    order = given_back(world, action)
    assert progress.situation(order) == situation
    assert [each["reason"] for each in order.cases] == cases
    cancelled = action == "CANCEL_REST"
    assert (order.state.cancelled == {1: frozenset({0, 1})}) is cancelled
    assert (order.state.waiting == {1: frozenset({0, 1})}) is not cancelled
    again = allocate(world, order.id)
    assert again == situation
    assert world.orders.get(order.id).state == order.state
