"""What a return's execution waits for, and what wakes it."""

from __future__ import annotations

from oms.domain.model import returns as r
from oms.domain.model.returns import Verdict
from oms.usecases.executing.deps import Executing
from oms.usecases.returning.await_return import await_return
from tests.bundles import bundle
from tests.cloud import World
from tests.returning import (
    arrive,
    ask,
    delivered,
    deps,
    follow,
    inspected,
    judge,
)


def test_the_execution_is_woken_by_the_inspection_and_not_before(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = ask(world, order.id, {1: 1})
    await_return(order.id, 1, "token", deps=deps(world))
    here = arrive(world, ret, {1: 1})
    follow(world, here)
    assert world.workflows.resumed == {}
    follow(world, judge(world, here, {1: Verdict(1, r.RESTOCK)}))
    assert world.workflows.resumed == {"token": {"outcome": "REFUND_DUE"}}


def test_an_inspection_before_the_token_was_stored_is_not_lost(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    inspected(world, order.id, {1: 1})
    await_return(order.id, 1, "token", deps=deps(world))
    assert world.workflows.resumed == {"token": {"outcome": "REFUND_DUE"}}


def test_a_parked_execution_waits_for_a_human_whatever_happens(world: World) -> None:
    from oms.usecases.executing.park_execution import park_execution, resume_executions

    order = delivered(world, {"SKU-001": 1})
    ret = inspected(world, order.id, {1: 1})
    park_execution(
        order.id, r.return_row(1), "token", {"error": "boom"}, deps=bundle(Executing, world)
    )
    follow(world, ret)
    assert world.workflows.resumed == {}
    assert [case["sk"] for case in world.orders.get(order.id).cases] == ["CASE#PARKED#01"]
    assert resume_executions(order.id, bundle(Executing, world)) == [r.return_row(1)]
    assert world.workflows.resumed == {"token": {"outcome": "RETRY"}}
