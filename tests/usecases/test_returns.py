"""Returns from the request to the refund: each step twice, dying anywhere, racing each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import IdempotencyConflict, IllegalTransition, NothingToReturn
from oms.domain.limits.orders import RETURN_ARRIVES_WITHIN_S
from oms.domain.model import returns as r
from oms.domain.model.returns import ReturnRequest, Verdict
from oms.domain.model.stock_item import QUARANTINE
from oms.usecases.returning.cancel_return import cancel_return
from oms.usecases.returning.conclude_return import conclude_return
from oms.usecases.returning.expire_return import expire_return
from tests.cloud import World
from tests.returning import (
    NODE,
    arrive,
    ask,
    delivered,
    deps,
    follow,
    inspected,
    interrupted,
    judge,
    money,
    refund,
    stored,
)


def conclude(world: World, ret: r.Return) -> str:
    return conclude_return(ret.order_id, ret.number, deps=deps(world))["outcome"]


def buckets(world: World, node: str = NODE, sku: str = "SKU-001") -> tuple[int, int, int]:
    """On hand, in quarantine, available."""
    item = world.stock.items.get(sku, node)
    return (
        (item.on_hand, item.unavailable.get(QUARANTINE, 0), item.available) if item else (0, 0, 0)
    )


# --- the whole way ---------------------------------------------------------------------------


def test_a_return_goes_from_request_to_refund_each_step_twice(world: World) -> None:
    order = delivered(world, {"SKU-001": 2})
    ret = ask(world, order.id, {1: 2})
    assert ask(world, order.id, {1: 2}) == ret
    follow(world, ret)
    assert world.workflows.started == {f"return:{order.id}-R1": {"order_id": order.id, "number": 1}}
    here = arrive(world, ret, {1: 2})
    assert arrive(world, ret, {1: 2}) == here
    follow(world, here)
    assert buckets(world) == (2, 2, 0)
    verdict = {1: Verdict(2, r.RESTOCK)}
    judged = judge(world, ret, verdict)
    assert judge(world, ret, verdict) == judged
    assert (judged.status, judged.money, judged.amount) == ("INSPECTED", "DUE", 2 * 1999 + 490)
    follow(world, judged)
    assert buckets(world) == (2, 0, 2)
    assert [refund(world, ret) for _ in range(2)] == ["SUCCEEDED", "SUCCEEDED"]
    assert [conclude(world, ret) for _ in range(2)] == ["COMPLETED", "COMPLETED"]
    assert money(world, order.id) == (4488, 4488, 4488)
    kinds = [entry.kind for entry in stored(world, ret).timeline]
    assert kinds == ["request", "receive", "inspect", "refund_requested", "refund", "complete"]


def test_returning_units_one_by_one_gives_back_what_was_charged(world: World) -> None:
    order = delivered(world, {"SKU-001": 3, "SKU-002": 1})
    for number, line in enumerate([1, 2, 1, 1], start=1):
        ret = inspected(world, order.id, {line: 1}, key=f"k{number}")
        assert refund(world, ret) == "SUCCEEDED"
    captured, known, given = money(world, order.id)
    assert captured == known == given == order.snapshot.grand_total
    with pytest.raises(NothingToReturn):
        ask(world, order.id, {1: 1}, key="k5")


def test_only_units_that_arrived_are_refunded(world: World) -> None:
    order = delivered(world, {"SKU-001": 3})
    ret = arrive(world, ask(world, order.id, {1: 3}), {1: 2})
    judge(world, ret, {1: Verdict(2, r.RESTOCK)})
    assert refund(world, ret) == "SUCCEEDED"
    assert money(world, order.id)[1] == 2 * 1999
    assert ask(world, order.id, {1: 1}, key="k2").advised == {1: frozenset({2})}


def test_only_accepted_units_are_refunded_and_go_back_on_sale(world: World) -> None:
    order = delivered(world, {"SKU-001": 3})
    ret = arrive(world, ask(world, order.id, {1: 3}), {1: 3})
    follow(world, ret)
    judged = judge(world, ret, {1: Verdict(1, r.RESTOCK)})
    follow(world, judged)
    assert judged.amount == 1999
    assert buckets(world) == (3, 2, 1)


def test_nothing_accepted_is_no_refund(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = arrive(world, ask(world, order.id, {1: 1}), {1: 1})
    judge(world, ret, {1: Verdict(0)})
    assert refund(world, ret) == "DENIED"
    assert conclude(world, ret) == "COMPLETED"
    assert money(world, order.id)[1:] == (0, 0)


@pytest.mark.parametrize(
    ("disposition", "after"),
    [("RESTOCK", (1, 0, 1)), ("DESTROY", (0, 0, 0)), ("QUARANTINE", (1, 1, 0))],
)
def test_each_line_goes_where_its_disposition_says(
    world: World, disposition: str, after: tuple[int, int, int]
) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = arrive(world, ask(world, order.id, {1: 1}), {1: 1}, node="store-paris")
    follow(world, ret)
    assert buckets(world, "store-paris") == (1, 1, 0)
    follow(world, judge(world, ret, {1: Verdict(1, disposition)}, node="store-paris"))
    assert buckets(world, "store-paris") == after


def test_parcels_at_two_nodes_are_stocked_where_they_arrived(world: World) -> None:
    order = delivered(world, {"SKU-001": 3})
    first = arrive(world, ask(world, order.id, {1: 3}), {1: 1}, node="store-paris")
    follow(world, first)
    second = arrive(world, first, {1: 3}, node="store-lyon")
    follow(world, second)
    follow(world, judge(world, second, {1: Verdict(3, r.RESTOCK)}, node="store-lyon"))
    assert buckets(world, "store-paris") == (1, 0, 1)
    assert buckets(world, "store-lyon") == (2, 0, 2)


def test_a_fee_is_kept_back(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = inspected(world, order.id, {1: 1}, fee=490)
    assert refund(world, ret) == "SUCCEEDED"
    assert money(world, order.id) == (2489, 1999, 1999)


def test_what_nobody_announced_opens_one_case(world: World) -> None:
    order = delivered(world, {"SKU-001": 2})
    ret = ask(world, order.id, {1: 1})
    for _ in range(2):
        arrive(world, ret, {1: 2}, **{"SKU-009": 1})
    (case,) = world.orders.get(order.id).cases
    assert (case["sk"], case["skus"]) == ("CASE#RETURN_UNEXPECTED#01", {"SKU-009": 1})
    assert stored(world, ret).received == {1: frozenset({0})}


# --- who may return what ---------------------------------------------------------------------


def test_the_same_key_with_other_contents_is_refused(world: World) -> None:
    order = delivered(world, {"SKU-001": 2})
    ask(world, order.id, {1: 1})
    with pytest.raises(IdempotencyConflict):
        ask(world, order.id, {1: 2})


def test_after_the_window_only_customer_service_takes_it_back(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    world.now += 31 * 86_400
    with pytest.raises(NothingToReturn):
        ask(world, order.id, {1: 1})
    from oms.usecases.returning.request_return import request_return

    wanted = ReturnRequest("k", {1: 1}, {1: "DEFECTIVE"}, in_window=False)
    _, ret = request_return(order.id, wanted, actor="service", deps=deps(world))
    assert ret.number == 1


def test_a_cancelled_return_frees_its_units_and_an_arrived_one_cannot_be_cancelled(
    world: World,
) -> None:
    order = delivered(world, {"SKU-001": 1})
    for _ in range(2):
        ret = ask(world, order.id, {1: 1})
        _, after = cancel_return(order.id, 1, actor="ann", deps=deps(world))
        assert after.status == r.CANCELLED
        assert after.number == ret.number
    second = arrive(world, ask(world, order.id, {1: 1}, key="k2"), {1: 1})
    assert second.number == 2
    with pytest.raises(IllegalTransition):
        cancel_return(order.id, 2, actor="ann", deps=deps(world))


@pytest.mark.parametrize(("came", "status"), [(0, r.EXPIRED), (1, r.RECEIVED)])
def test_past_its_date_a_return_ends_or_goes_on_with_what_came(
    world: World, came: int, status: str
) -> None:
    order = delivered(world, {"SKU-001": 2})
    ret = arrive(world, ask(world, order.id, {1: 2}), {1: came})
    early = expire_return(order.id, 1, orders=world.orders, now=world.now)
    assert early == ret
    late = world.now + RETURN_ARRIVES_WITHIN_S
    for _ in range(2):
        assert expire_return(order.id, 1, orders=world.orders, now=late).status == status
    assert len(ask(world, order.id, {1: 2 - came}, key="k2").advised[1]) == 2 - came


def test_of_two_requests_for_the_same_units_one_loses(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    racing = interrupted(world, lambda: ask(world, order.id, {1: 1}, key="faster"))
    with pytest.raises(NothingToReturn):
        ask(replace(world, orders=racing), order.id, {1: 1}, key="slower")
    assert [ret.key for ret in world.orders.get(order.id).returns] == ["faster"]


def test_of_two_requests_for_different_units_both_win(world: World) -> None:
    order = delivered(world, {"SKU-001": 2})
    racing = interrupted(world, lambda: ask(world, order.id, {1: 1}, key="faster"))
    ret = ask(replace(world, orders=racing), order.id, {1: 1}, key="slower")
    assert (ret.number, ret.advised) == (2, {1: frozenset({1})})
