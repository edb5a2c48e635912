"""Money going back: each step twice, dying anywhere, racing each other, answers lost."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from oms.domain.errors import Fault, GatewayTimeout, LostRace
from oms.domain.model import returns as r
from oms.domain.model.order import Hold
from oms.domain.model.payment import FAILED, PENDING, SUCCEEDED, GatewayAnswer
from oms.domain.model.returns import Inspection, ReturnRequest, Verdict
from oms.domain.timeline import Entry
from oms.usecases.paying.conclude_order import conclude_order
from oms.usecases.paying.deps import Paying
from oms.usecases.returning.apply_refund_answer import apply_refund_answer
from oms.usecases.returning.await_return import await_return, wake_return
from oms.usecases.returning.conclude_return import conclude_return
from oms.usecases.returning.counter_return import counter_return
from tests.bundles import bundle
from tests.cloud import World
from tests.returning import (
    Died,
    Dying,
    delivered,
    deps,
    inspected,
    interrupted,
    money,
    refund,
    stored,
)


def conclude(world: World, ret: r.Return) -> str:
    return conclude_return(ret.order_id, ret.number, deps=deps(world))["outcome"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("what", ["orders", "gateway"])
def test_dying_around_any_call_pays_once(world: World, what: str, after: bool) -> None:
    """The worker is killed before or after each write and each call to the provider."""
    deaths = 0
    for at in range(1, 10):
        order = delivered(world, {"SKU-001": 1}, external_id=f"{at}")
        ret = inspected(world, order.id, {1: 1})
        real = world.orders if what == "orders" else world.gateways.sandbox
        dying = Dying(real, at, after)
        gateways = SimpleNamespace(of=lambda means, dying=dying: dying)
        try:
            refund(
                world, ret, **({"orders": dying} if what == "orders" else {"gateways": gateways})
            )
        except Died:
            deaths += 1
        assert money(world, order.id)[1] <= 2489
        assert refund(world, ret) == "SUCCEEDED"
        assert conclude(world, ret) == "COMPLETED"
        assert money(world, order.id) == (2489, 2489, 2489)
        if at > len(dying.calls):
            break
    assert deaths == (4 if what == "orders" else 1)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_counter_return_that_died_goes_on_when_repeated(world: World, after: bool) -> None:
    for at in range(1, 5):
        order = delivered(world, {"SKU-001": 1}, external_id=f"{at}")
        wanted = ReturnRequest("till-1", {1: 1}, {1: "DOES_NOT_FIT"})
        judged = Inspection("store-paris", {1: Verdict(1, r.RESTOCK)})
        dying = deps(world, orders=Dying(world.orders, at, after))
        with contextlib.suppress(Died):
            counter_return(order.id, wanted, judged, actor="eve", deps=dying)
        for _ in range(2):
            shown, ret = counter_return(order.id, wanted, judged, actor="eve", deps=deps(world))
        assert (ret.status, ret.money, len(shown.returns)) == ("INSPECTED", "DUE", 1)
        assert refund(world, ret) == "SUCCEEDED"


def test_a_lost_answer_is_in_doubt_until_the_same_id_tells_the_truth(world: World) -> None:
    order = delivered(world, {"SKU-001": 1}, card="tok_refund_timeout_once")
    ret = inspected(world, order.id, {1: 1})
    with pytest.raises(GatewayTimeout):
        refund(world, ret)
    assert stored(world, ret).money == "IN_DOUBT"
    assert money(world, order.id) == (2489, 0, 2489)
    with pytest.raises(Fault):
        conclude(world, ret)
    assert refund(world, ret) == "SUCCEEDED"
    assert money(world, order.id) == (2489, 2489, 2489)


def test_two_refunds_of_equal_amount_both_succeed(world: World) -> None:
    order = delivered(world, {"SKU-001": 3})
    both = [inspected(world, order.id, {1: 1}, key=key) for key in ("a", "b")]
    assert [refund(world, ret) for ret in both] == ["SUCCEEDED", "SUCCEEDED"]
    assert money(world, order.id)[1:] == (2 * 1999, 2 * 1999)


def test_refunds_of_one_order_take_turns(world: World) -> None:
    """Another return's refund is committed between this one's reading and its intent."""
    order = delivered(world, {"SKU-001": 2})
    one, two = (inspected(world, order.id, {1: 1}, key=key) for key in ("a", "b"))
    racing = interrupted(world, lambda: refund(world, two))
    with pytest.raises(LostRace):
        refund(world, one, orders=racing)
    assert refund(world, one) == "SUCCEEDED"
    assert money(world, order.id) == (4488, 4488, 4488)


class Provider:
    """Answers a refund as told and remembers under which ids it was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), []

    def of(self, means: object) -> Provider:
        return self

    def refund(self, id: str, ref: str, amount: object) -> GatewayAnswer:
        self.asked.append(id.partition(":")[2])
        return GatewayAnswer(self.answers[len(self.asked) - 1], f"re_{len(self.asked)}")


def test_a_failed_refund_is_tried_again_under_a_new_id(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = inspected(world, order.id, {1: 1})
    provider = Provider(FAILED, SUCCEEDED)
    assert refund(world, ret, gateways=provider) == "FAILED"
    assert stored(world, ret).money == "FAILED"
    assert refund(world, ret, gateways=provider) == "SUCCEEDED"
    assert provider.asked == ["refund:1", "refund:1.2"]
    payment = world.orders.get(order.id).payments[0]
    assert {key: move.outcome for key, move in payment.refunds.items()} == {
        "1": FAILED,
        "1.2": SUCCEEDED,
    }


@pytest.mark.parametrize(("outcome", "after"), [(SUCCEEDED, "SUCCEEDED"), (FAILED, "FAILED")])
def test_a_refund_left_open_is_settled_by_the_providers_word(
    world: World, outcome: str, after: str
) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = inspected(world, order.id, {1: 1})
    assert refund(world, ret, gateways=Provider(PENDING, PENDING)) == "PENDING"
    await_return(order.id, 1, "token", deps=deps(world))
    assert world.workflows.resumed == {}
    said = GatewayAnswer(outcome, "re_1")
    for _ in range(2):
        now = world.orders.get(order.id)
        heard = apply_refund_answer(now, "1", said, orders=world.orders, now=world.now)
        assert heard == after
    wake_return(world.orders.get(order.id), 1, orders=world.orders, workflows=world.workflows)
    word = "DONE" if outcome == SUCCEEDED else "REFUND_FAILED"
    assert world.workflows.resumed == {"token": {"outcome": word}}


@pytest.mark.parametrize("key", ["", "undelivered", "2", "1.7", "1.x", "9"])
def test_a_word_about_another_refund_is_ignored(world: World, key: str) -> None:
    order = delivered(world, {"SKU-001": 1})
    refund(world, inspected(world, order.id, {1: 1}), gateways=Provider(PENDING))
    now, said = world.orders.get(order.id), GatewayAnswer(SUCCEEDED)
    assert apply_refund_answer(now, key, said, orders=world.orders, now=world.now) == "IGNORED"


def test_money_on_hold_is_not_refunded(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    ret = inspected(world, order.id, {1: 1})
    held = replace(order.state, holds=(Hold("FRAUD", "check", frozenset({"REFUND"})),))
    world.orders.save_state(order, held, Entry(order.state.version + 1, "hold", world.now))
    assert refund(world, ret) == "ON_HOLD"
    assert money(world, order.id)[2] == 0


def test_a_refund_waits_for_the_capture_it_gives_back(world: World) -> None:
    order = delivered(world, {"SKU-001": 1})
    payment = replace(order.payments[0], captures={})
    world.orders.save_payment(order.id, payment, Entry(payment.version + 1, "test", world.now))
    ret = inspected(world, order.id, {1: 1})
    with pytest.raises(Fault):
        refund(world, ret)
    assert stored(world, ret).money == "DUE"


def test_the_end_of_the_order_gives_nothing_back_twice(world: World) -> None:
    order = delivered(world, {"SKU-001": 2})
    assert refund(world, inspected(world, order.id, {1: 1})) == "SUCCEEDED"
    conclude_order(order.id, deps=bundle(Paying, world))
    assert money(world, order.id)[1:] == (1999, 1999)
