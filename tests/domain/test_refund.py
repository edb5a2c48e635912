"""What may come back and how much money goes back for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import IllegalTransition, NothingToReturn, ValidationFailed
from oms.domain.model import fulfilment as fo
from oms.domain.model import returns as r
from oms.domain.model import units
from oms.domain.model.customer import Customer
from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.model.money import Money
from oms.domain.model.order import COMPLETED, Order, OrderLine, OrderSnapshot, OrderState
from oms.domain.model.payment import AUTHORISED, FAILED, SUCCEEDED, MoneyMove, Payment, PaymentMeans
from oms.domain.model.returns import Return, Verdict
from oms.domain.returning import refund
from oms.domain.returning.return_progress import situation
from oms.domain.timeline import Entry

DAY = 86_400
MEANS = PaymentMeans("card", "sandbox", "tok_ok")


def bought(*lines: tuple[int, int, int], at: int = 0) -> Order:
    """(quantity, total, shipping share) per line; delivered and captured, one part a line."""
    agreed = tuple(
        OrderLine(no, f"SKU-{no}", quantity, total, shipping=shipping)
        for no, (quantity, total, shipping) in enumerate(lines, start=1)
    )
    shipping = sum(line.shipping for line in agreed)
    whole = shipping + sum(line.total for line in agreed)
    snapshot = OrderSnapshot(
        "O1", "web", "e1", 0, "EUR", Customer("c1"), agreed, whole, shipping, MEANS, "SHIP"
    )
    parts = tuple(
        FulfilmentOrder(
            "O1", line.no, "dc", "SHIP", {line.no: line.units}, {line.no: line.sku},
            status=fo.DELIVERED, timeline=(Entry(5, "ship", at), Entry(6, "deliver", at)),
        )
        for line in agreed
    )  # fmt: skip
    captures = {
        str(part.number): MoneyMove(snapshot.amount_of(part.lines), SUCCEEDED) for part in parts
    }
    payment = Payment(
        1, "O1:authorise:1", MEANS, AUTHORISED, Money(whole, "EUR"), "ref", captures=captures
    )
    return Order(snapshot, OrderState(status=COMPLETED), parts, (payment,))


def back(order: Order, number: int, lines: dict[int, units.Units], fee: int = 0) -> Return:
    """Inspected, everything accepted."""
    return Return(
        "O1", number, f"k{number}", lines, {}, status=r.INSPECTED, money="DUE",
        receipts=(r.Receipt("dc", lines),), accepted=lines, fee=fee,
    )  # fmt: skip


def paid(order: Order, ret: Return, policy: str, outcome: str = SUCCEEDED) -> tuple[Order, int]:
    """The order after the return's refund, and what was refunded."""
    order = replace(order, returns=(*order.returns, ret))
    found = refund.next_refund(order, ret, policy, now=1)
    if found is None:
        return order, 0
    payment = found.payment.with_refund(found.key, replace(found.move, outcome=outcome))
    amount = found.move.amount if outcome == SUCCEEDED else 0
    return replace(order, payments=(payment,)), amount


AMOUNTS = st.integers(min_value=0, max_value=10_000)
LINES = st.lists(
    st.tuples(st.integers(min_value=1, max_value=6), AMOUNTS, AMOUNTS), min_size=1, max_size=4
)


@given(lines=LINES, chance=st.randoms(use_true_random=False))
def test_units_returned_one_by_one_refund_exactly_what_was_charged(lines, chance) -> None:
    order = bought(*lines)
    captured = order.payments[0].captured
    pieces = [(line.no, unit) for line in order.snapshot.lines for unit in line.units]
    chance.shuffle(pieces)
    total = 0
    for number, (no, unit) in enumerate(pieces, start=1):
        order, amount = paid(order, back(order, number, {no: frozenset({unit})}), "FULL_RETURN")
        total += amount
    assert total == captured == order.payments[0].refunded


@given(lines=LINES, chance=st.randoms(use_true_random=False))
def test_shipping_is_kept_where_the_channel_keeps_it(lines, chance) -> None:
    order = bought(*lines)
    whole = {line.no: line.units for line in order.snapshot.lines}
    _, amount = paid(order, back(order, 1, whole), "NEVER")
    assert amount == sum(line.total for line in order.snapshot.lines)


def test_shipping_goes_back_only_with_the_last_unit_and_once() -> None:
    order = bought((2, 2000, 490))
    order, first = paid(order, back(order, 1, {1: frozenset({0})}), "FULL_RETURN")
    order, second = paid(order, back(order, 2, {1: frozenset({1})}), "FULL_RETURN")
    assert (first, second) == (1000, 1490)


@pytest.mark.parametrize("fee", [0, 500])
def test_of_two_returns_that_complete_the_order_together_one_carries_the_shipping(
    fee: int,
) -> None:
    order = bought((2, 2000, 490))
    one = back(order, 1, {1: frozenset({0})}, fee=fee)
    two = back(order, 2, {1: frozenset({1})})
    both = replace(order, returns=(one, two))
    found = refund.next_refund(both, one, "FULL_RETURN", 1)
    assert found
    assert found.move.amount == 1490 - fee
    requested = found.payment.with_refund(found.key, found.move)
    other = refund.next_refund(replace(both, payments=(requested,)), two, "FULL_RETURN", 1)
    assert other
    assert other.move.amount == 1000


def test_a_fee_is_kept_back_and_never_more_than_the_refund() -> None:
    order = bought((1, 500, 0))
    assert paid(order, back(order, 1, {1: frozenset({0})}, fee=200), "NEVER")[1] == 300
    assert paid(order, back(order, 1, {1: frozenset({0})}, fee=900), "NEVER")[1] == 0


def test_a_refund_on_its_way_counts_as_gone() -> None:
    order = bought((2, 2000, 0))
    (payment,) = order.payments
    held = payment.with_refund("appeasement", MoneyMove(1500, refund.REQUESTED))
    order = replace(order, payments=(held,))
    assert paid(order, back(order, 1, {1: frozenset({0})}), "NEVER")[1] == 500


def test_after_a_failure_the_next_try_is_an_operation_of_its_own() -> None:
    order = bought((1, 1000, 0))
    ret = back(order, 1, {1: frozenset({0})})
    order, _ = paid(order, ret, "NEVER", outcome=FAILED)
    found = refund.next_refund(order, ret, "NEVER", 1)
    assert found
    assert (found.key, found.move.amount) == ("1.2", 1000)


def test_the_same_units_cannot_be_in_two_returns() -> None:
    order = bought((3, 3000, 0))
    taken = Return("O1", 1, "k1", {1: frozenset({0, 1})}, {})
    order = replace(order, returns=(taken,))
    assert refund.units_to_return(order, {1: 1}, 0, 30) == {1: frozenset({2})}
    with pytest.raises(NothingToReturn) as refusal:
        refund.units_to_return(order, {1: 2}, 0, 30)
    assert refusal.value.fields == {"/lines/0": "1 units of line 1 can be returned"}


# status of the first return, what of its units 0-1 arrived, units that may be returned again
HELD = """
APPROVED            -    2
PARTIALLY_RECEIVED  0    2
RECEIVED            0    1-2
INSPECTED           0    1-2
COMPLETED           0-1  2
EXPIRED             -    0-2
CANCELLED           -    0-2
"""


@pytest.mark.parametrize("row", HELD.strip().splitlines())
def test_units_that_never_arrived_are_free_again_when_the_return_goes_on(row: str) -> None:
    status, got, free = row.split()
    receipts = () if got == "-" else (r.Receipt("dc", {1: units.parse(got)}),)
    first = Return("O1", 1, "k", {1: units.parse("0-1")}, {}, status=status, receipts=receipts)
    order = replace(bought((3, 3000, 0)), returns=(first,))
    assert refund.returnable(order, 0, 30) == {1: units.parse(free)}


@pytest.mark.parametrize(("days", "possible"), [(0, True), (30, True), (31, False)])
def test_the_window_counts_from_delivery(days: int, possible: bool) -> None:
    order = bought((1, 1000, 0), at=10 * DAY)
    assert bool(refund.returnable(order, (10 + days) * DAY, 30)) == possible
    assert refund.returnable(order, (10 + days) * DAY, None)


def test_what_was_not_handed_over_cannot_be_returned() -> None:
    order = bought((1, 1000, 0))
    for status in set(fo.lifecycle.FULFILMENT) - fo.HANDED_OVER:
        parts = (replace(order.parts[0], status=status),)
        assert refund.returnable(replace(order, parts=parts), 0, 30) == {}, status


# --- custody ---------------------------------------------------------------------------------

ASKED = Return("O1", 1, "k", {1: units.parse("0-2"), 2: units.parse("0")}, {}, due=100)


def test_goods_may_arrive_in_parcels_at_different_nodes() -> None:
    step = r.arrived(ASKED, "dc", {1: 2})
    assert step
    assert step[0] == "receive_part"
    again = r.arrived(step[1], "store", {1: 3, 2: 1})
    assert again
    assert again[0] == "receive"
    assert again[1].receipts[1] == r.Receipt("store", {1: frozenset({2}), 2: frozenset({0})})
    assert (again[1].status, again[1].due) == (r.RECEIVED, None)


def test_saying_again_what_arrived_changes_nothing() -> None:
    step = r.arrived(ASKED, "dc", {1: 2})
    assert step
    assert r.arrived(step[1], "dc", {1: 2}) is None
    assert r.arrived(step[1], "dc", {1: 1}) is None


def test_what_nobody_announced_is_surplus_and_not_received() -> None:
    assert r.surplus(ASKED, {1: 5, 2: 1, 7: 1}) == {1: 2, 7: 1}
    step = r.arrived(ASKED, "dc", {1: 5, 7: 1})
    assert step
    assert step[1].received == {1: units.parse("0-2")}


@pytest.mark.parametrize("status", [r.EXPIRED, r.CANCELLED, r.INSPECTED, r.COMPLETED])
def test_nothing_arrives_for_a_return_that_is_over(status: str) -> None:
    with pytest.raises(IllegalTransition):
        r.arrived(replace(ASKED, status=status), "dc", {1: 1})


@pytest.mark.parametrize(
    "verdicts",
    [{}, {1: Verdict(3)}, {1: Verdict(1), 2: Verdict(1)}, {1: Verdict(-1)}],
    ids=["nothing judged", "more than arrived", "a line that did not arrive", "negative"],
)
def test_an_inspection_judges_just_what_arrived(verdicts: dict[int, Verdict]) -> None:
    step = r.arrived(ASKED, "dc", {1: 2})
    assert step
    with pytest.raises(ValidationFailed):
        r.inspected(step[1], verdicts, 0)


def test_an_inspection_said_again_is_the_same_one_and_another_is_refused() -> None:
    step = r.arrived(ASKED, "dc", {1: 2})
    assert step
    after = r.inspected(step[1], {1: Verdict(1, r.RESTOCK)}, 0)
    assert after
    assert after.accepted == {1: frozenset({0})}
    assert r.inspected(after, {1: Verdict(1, r.RESTOCK)}, 0) is None
    with pytest.raises(IllegalTransition):
        r.inspected(after, {1: Verdict(2, r.RESTOCK)}, 0)


# status, money, outcome on the payment → the word
WORDS = """
APPROVED            NONE       -         AWAITING_GOODS
PARTIALLY_RECEIVED  NONE       -         AWAITING_GOODS
RECEIVED            NONE       -         AWAITING_INSPECTION
INSPECTED           NONE       -         DONE
INSPECTED           DENIED     -         DONE
INSPECTED           DUE        -         REFUND_DUE
INSPECTED           DUE        REQUESTED REFUND_DUE
INSPECTED           REQUESTED  REQUESTED REFUND_DUE
INSPECTED           IN_DOUBT   REQUESTED REFUND_DUE
INSPECTED           IN_DOUBT   PENDING   REFUND_PENDING
INSPECTED           FAILED     FAILED    REFUND_FAILED
INSPECTED           SUCCEEDED  SUCCEEDED DONE
COMPLETED           SUCCEEDED  SUCCEEDED DONE
EXPIRED             NONE       -         DONE
CANCELLED           NONE       -         DONE
"""


@pytest.mark.parametrize("row", WORDS.strip().splitlines())
def test_where_a_return_stands_is_one_word(row: str) -> None:
    status, money, outcome, word = row.split()
    order = bought((1, 1000, 0))
    if outcome != "-":
        payment = order.payments[0].with_refund("1", MoneyMove(1000, outcome))
        order = replace(order, payments=(payment,))
    ret = Return("O1", 1, "k", {1: frozenset({0})}, {}, status=status, money=money)
    assert situation(order, ret) == word
