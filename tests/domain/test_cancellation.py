"""What a request to cancel gets, part by part."""

from __future__ import annotations

import pytest

from oms.domain import lifecycle
from oms.domain.errors import TooLateToCancel
from oms.domain.model import fulfilment as fo
from oms.domain.model.order import Order, OrderState
from oms.domain.model.units import of
from oms.domain.orders import cancellation
from oms.domain.orders.cancellation import asked, asked_of_part, outcomes, overall
from tests.usecases.orders import order, part, plan

DUE = 5000

# status of a part → its outcome once asked, and the event it gets
PARTS = """
ASSIGNED         | CANCELLED | cancel
ACCEPTED         | REQUESTED | request_cancel
PICKING          | REQUESTED | request_cancel
PICKED           | REQUESTED | request_cancel
PACKED           | REQUESTED | request_cancel
READY_TO_SHIP    | REQUESTED | request_cancel
OFFERED          | CANCELLED | cancel
IN_TRANSFER      | REQUESTED | request_cancel
ARRIVED          | REQUESTED | request_cancel
READY_FOR_PICKUP | REQUESTED | request_cancel
SHIPPED          | REFUSED   | -
DELIVERY_FAILED  | REFUSED   | -
DELIVERED        | REFUSED   | -
RETURNED_TO_SENDER | REFUSED | -
PICKED_UP        | REFUSED   | -
CANCELLED        | CANCELLED | -
UNCOLLECTED      | CANCELLED | -
"""


@pytest.mark.parametrize("row", PARTS.strip().splitlines())
def test_each_part_gets_the_answer_of_its_state(row: str) -> None:
    status, outcome, event = (cell.strip() for cell in row.split("|"))
    before = part(1, status)
    decided = asked_of_part(before, DUE)
    after = decided[0] if decided else before
    assert (decided[1] if decided else "-") == event
    found = outcomes(order(parts=(after,), cancel_reason="NO_LONGER"))
    assert [(p.number, p.outcome, p.units) for p in found] == [(1, outcome, 4)]
    assert asked_of_part(after, DUE + 1) is None, "asked again, nothing more happens"


def test_every_state_of_a_part_is_in_the_table() -> None:
    named = {row.split()[0] for row in PARTS.strip().splitlines()}
    assert named == set(lifecycle.FULFILMENT) - fo.LET_GO


def test_a_node_is_asked_and_has_until_then_to_answer() -> None:
    decided = asked_of_part(part(1, "PICKING"), DUE)
    assert decided
    assert (decided[0].status, decided[0].request, decided[0].due) == (
        "PICKING",
        "CANCEL_REQUESTED",
        DUE,
    )


def test_a_node_that_refused_is_not_asked_again() -> None:
    refused = part(1, "PACKED", request="CANCEL_REFUSED")
    assert asked_of_part(refused, DUE) is None
    assert outcomes(order(parts=(refused,)))[0].outcome == "REFUSED"


def state_after(before: Order) -> tuple[OrderState, str]:
    decided = asked(before, "NO_LONGER")
    assert decided
    return decided


def test_before_anything_was_confirmed_the_order_is_cancelled_at_once() -> None:
    state, event = state_after(order("RECEIVED", planned=(plan(1, {1: "0-2", 2: "0"}),)))
    assert (state.status, event) == ("CANCELLED", "cancel")
    assert state.planned == ()
    assert state.cancelled == {1: of(3), 2: of(1)}


def test_later_what_nobody_holds_is_cancelled_and_the_rest_is_concluded() -> None:
    mixed = order(
        parts=(part(1, "ACCEPTED", {1: "0"}),),
        planned=(plan(1, {1: "0"}), plan(2, {1: "1"})),
        waiting={2: of(1)},
        cancelled={1: frozenset({2})},
    )
    state, event = state_after(mixed)
    assert (state.status, event) == ("IN_FULFILMENT", "request_cancel")
    assert [p.number for p in state.planned] == [1], "its claim is its part's"
    assert state.waiting == {}
    assert state.cancelled == {1: frozenset({1, 2}), 2: of(1)}


@pytest.mark.parametrize("given", [{"cancel_reason": "BEFORE"}, {"status": "CANCELLED"}])
def test_asked_before_means_nothing_to_write(given: dict[str, str]) -> None:
    assert asked(order(**given), "NO_LONGER") is None


@pytest.mark.parametrize(
    "status", ["SHIPPED", "DELIVERED", "PICKED_UP", "DELIVERY_FAILED", "RETURNED_TO_SENDER"]
)
def test_it_is_too_late_when_everything_left(status: str) -> None:
    gone = order(parts=(part(1, status, {1: "0-2"}), part(2, "CANCELLED", {2: "0"})))
    with pytest.raises(TooLateToCancel):
        asked(gone, "NO_LONGER")
    assert not cancellation.worth_asking(gone)


def test_it_is_not_too_late_while_one_unit_is_here() -> None:
    assert asked(order(parts=(part(1, "SHIPPED", {1: "0-2"}),)), "NO_LONGER")
    assert asked(
        order(parts=(part(1, "SHIPPED", {1: "0-2"}), part(2, "PACKED", {2: "0"}))), "NO_LONGER"
    )


OVERALL = [
    (("CANCELLED", "CANCELLED"), "CANCELLED"),
    (("CANCELLED", "REQUESTED"), "REQUESTED"),
    (("REFUSED", "REQUESTED"), "REQUESTED"),
    (("CANCELLED", "REFUSED"), "PARTIAL"),
    (("REFUSED", "REFUSED"), "REFUSED"),
]


@pytest.mark.parametrize(("words", "expected"), OVERALL)
def test_the_whole_is_summed_up_in_one_word(words: tuple[str, ...], expected: str) -> None:
    found = tuple(cancellation.PartOutcome(no, word, 1) for no, word in enumerate(words))
    assert overall(found) == expected


def test_units_given_back_are_part_of_the_remainder() -> None:
    found = outcomes(order(parts=(part(1, "REJECTED"), part(2, "SHIPPED", {2: "0"}))))
    assert [(p.number, p.outcome, p.units) for p in found] == [
        (0, "CANCELLED", 3),
        (2, "REFUSED", 1),
    ]
