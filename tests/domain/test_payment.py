"""Money records: never capture more than authorised, never refund more than captured (I7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model.money import Money
from oms.domain.model.payment import (
    AUTHORISED,
    FAILED,
    IN_DOUBT,
    SUCCEEDED,
    MoneyMove,
    Payment,
    PaymentMeans,
)

OUTCOMES = st.sampled_from([SUCCEEDED, FAILED, IN_DOUBT])
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["capture", "refund"]),
        st.sampled_from(["1", "2", "3"]),
        st.builds(MoneyMove, st.integers(min_value=0, max_value=120), OUTCOMES),
    ),
    max_size=12,
)


def authorised(minor: int) -> Payment:
    return Payment(1, "O1:authorise:1", PaymentMeans("card"), AUTHORISED, Money(minor, "EUR"))


@given(MOVES)
def test_no_sequence_of_moves_breaks_the_order_of_amounts(
    moves: list[tuple[str, str, MoneyMove]],
) -> None:
    payment = authorised(100)
    for kind, key, move in moves:
        before = payment
        record = payment.with_capture if kind == "capture" else payment.with_refund
        try:
            payment = record(key, move)
        except ValueError:
            assert payment is before
        if kind == "refund":  # a capture that turns out failed may still be corrected afterwards
            assert payment.refunded <= max(payment.captured, before.refunded)
        assert payment.captured <= payment.authorised.minor


def test_recording_the_same_capture_again_changes_nothing() -> None:
    once = authorised(100).with_capture("1", MoneyMove(60, SUCCEEDED))
    assert once.with_capture("1", MoneyMove(60, SUCCEEDED)) == once
    assert once.captured == 60


def test_a_capture_in_doubt_is_not_captured_until_it_succeeded() -> None:
    doubtful = authorised(100).with_capture("1", MoneyMove(60, IN_DOUBT))
    assert doubtful.captured == 0
    assert doubtful.with_capture("1", MoneyMove(60, SUCCEEDED)).captured == 60


def test_the_last_cent_can_be_captured_and_no_more() -> None:
    full = authorised(100).with_capture("1", MoneyMove(99, SUCCEEDED))
    assert full.with_capture("2", MoneyMove(1, SUCCEEDED)).captured == 100
    with pytest.raises(ValueError, match="I7"):
        full.with_capture("2", MoneyMove(2, SUCCEEDED))


def test_only_what_was_captured_can_be_refunded() -> None:
    taken = authorised(100).with_capture("1", MoneyMove(60, SUCCEEDED))
    assert taken.with_refund("R1", MoneyMove(60, SUCCEEDED)).refunded == 60
    with pytest.raises(ValueError, match="I7"):
        taken.with_refund("R1", MoneyMove(61, SUCCEEDED))


def test_a_failed_refund_leaves_the_money_refundable() -> None:
    taken = authorised(100).with_capture("1", MoneyMove(60, SUCCEEDED))
    failed = taken.with_refund("R1", MoneyMove(60, FAILED))
    assert failed.with_refund("R1", MoneyMove(60, SUCCEEDED)).refunded == 60
