"""Cancelling, on the real stores: at once, by request, too late, and twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.contracts.order_actions import CancelAnswer
from oms.domain.errors import LostRace, NotFound, TooLateToCancel
from oms.domain.model.order import Order
from oms.domain.orders import progress
from oms.domain.orders.intake import NewLine, NewOrder
from oms.domain.timeline import Entry
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import state_changed
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import place_order
from oms.usecases.retrying import retrying
from oms.usecases.serving.cancel_order import cancel_order, cancel_parts
from oms.usecases.serving.deps import Serving
from tests.bundles import bundle
from tests.cloud import NOW, World, receive
from tests.usecases.orders import CARD, CUSTOMER, HOME, ID, order, part, payment, plan, write

PAID = (payment(),)


def cancel(world: World, reason: str = "NO_LONGER") -> Order:
    return cancel_order(ID, reason, note="changed my mind", actor="c-1", deps=bundle(Serving, world, now=NOW + 60))  # fmt: skip


def answers(found: Order) -> list[tuple[int, str]]:
    return [(p.number, p.outcome) for p in CancelAnswer.of(found).parts]


def test_an_order_that_was_only_received_is_cancelled_at_once(world: World) -> None:
    before = order("RECEIVED", planned=(plan(1, {1: "0-2", 2: "0"}),))
    write(world, replace(before, snapshot=replace(before.snapshot, planned=before.state.planned)))
    found = cancel(world)
    assert found.state.status == "CANCELLED"
    assert CancelAnswer.of(found).outcome == "CANCELLED"
    stored = world.orders.get(ID)
    assert stored == found
    assert [entry.kind for entry in stored.state.timeline][-1] == "cancel"


def test_mixed_parts_each_get_their_answer(world: World) -> None:
    parts = (
        part(1, "ASSIGNED", {1: "0"}),
        part(2, "PACKED", {1: "1"}),
        part(3, "SHIPPED", {1: "2"}),
    )
    write(world, order(parts=parts, payments=PAID))
    found = cancel(world)
    assert answers(found) == [(0, "CANCELLED"), (1, "CANCELLED"), (2, "REQUESTED"), (3, "REFUSED")]
    assert CancelAnswer.of(found).outcome == "REQUESTED"
    stored = world.orders.get(ID)
    asked = stored.part(2)
    assert asked
    assert (asked.status, asked.request) == ("PACKED", "CANCEL_REQUESTED")
    assert asked.due == NOW + 60 + world.config.channel("web").cancel_answer_within_s
    assert [entry.kind for entry in asked.timeline][-1] == "request_cancel"
    assert (stored.state.status, stored.state.cancel_reason) == ("IN_FULFILMENT", "NO_LONGER")


def test_asked_twice_the_answer_is_the_same_and_nothing_is_written(world: World) -> None:
    write(world, order(parts=(part(1, "PICKING"),), payments=PAID))
    first = cancel(world)
    again = cancel(world, "ANOTHER_REASON")
    assert CancelAnswer.of(first) == CancelAnswer.of(again)
    assert world.orders.get(ID) == first


def test_everything_left_is_too_late(world: World) -> None:
    write(world, order(parts=(part(1, "SHIPPED"),), payments=PAID))
    with pytest.raises(TooLateToCancel):
        cancel(world)
    assert world.orders.get(ID).state.cancel_reason == ""


def test_a_cancelled_order_without_parts_at_work_can_be_concluded(world: World) -> None:
    write(world, order(parts=(part(1, "ASSIGNED"),), payments=PAID))
    assert progress.situation(cancel(world)) == progress.DONE


def test_an_unknown_order_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        cancel(world)


def test_a_request_that_died_half_way_is_finished_by_the_stream(world: World) -> None:
    half = order(parts=(part(1, "ASSIGNED"),), payments=PAID, cancel_reason="NO_LONGER")
    stored = write(world, half)
    healed = cancel_parts(stored, deps=bundle(Serving, world, now=NOW))
    assert [p.status for p in healed.parts] == ["CANCELLED"]
    again = cancel_parts(healed, deps=bundle(Serving, world, now=NOW + 1))
    assert again == healed == world.orders.get(ID)


def test_parts_of_an_order_that_goes_on_are_left_alone(world: World) -> None:
    stored = write(world, order(parts=(part(1, "ASSIGNED"),)))
    assert cancel_parts(stored, deps=bundle(Serving, world, now=NOW)) is stored


def test_a_picker_who_is_faster_is_asked_and_not_overrun(world: World, monkeypatch: Any) -> None:
    """The node accepts between our read and our write: the second try sees it."""
    write(world, order(parts=(part(1, "ASSIGNED"),), payments=PAID))
    save, raced = world.orders.save_part, []

    def slow(changed: Any, entry: Entry, cause: str = "") -> Any:
        if not raced:
            raced.append(1)
            now = world.orders.part(ID, 1)
            save(now.moved("accept", due=None), Entry(now.version + 1, "accept", NOW, "ann"))
        return save(changed, entry, cause)

    monkeypatch.setattr(world.orders, "save_part", slow)
    assert answers(cancel(world)) == [(1, "REQUESTED")]
    assert world.orders.part(ID, 1).status == "ACCEPTED"


def test_a_race_lost_every_time_is_told() -> None:
    tried = []

    def attempt() -> None:
        tried.append(1)
        raise LostRace("again")

    with pytest.raises(LostRace):
        retrying(attempt)
    assert len(tried) == 3


def test_what_was_held_for_a_cancelled_order_is_free_again(world: World) -> None:
    """Cancelled before any part was assigned: the stream releases what was planned."""
    for sku in ("SKU-001", "SKU-002"):
        receive(world, sku, "dc-lille", 5)
    lines = (NewLine("SKU-001", 3), NewLine("SKU-002", 1))
    new = NewOrder("web", "WEB-1", "EUR", CUSTOMER, lines, CARD, ship_to=HOME)
    place_order(new, deps=bundle(Placing, world, now=NOW))
    assert held(world) == 4
    cancel(world)
    for _ in range(2):  # the stream delivers twice
        state_changed(ID, None, deps=bundle(Executing, world, now=NOW))  # fmt: skip
    assert held(world) == 0


def held(world: World) -> int:
    items = [item for sku in ("SKU-001", "SKU-002") for item in world.stock.items.of_sku(sku)]
    return sum(item.allocated for item in items)
