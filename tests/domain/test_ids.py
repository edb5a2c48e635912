"""Identifiers: the same thing has the same id, another thing another."""

from hypothesis import given
from hypothesis import strategies as st

from oms.domain import ids

NAMES = st.text(max_size=40)


@given(NAMES, NAMES)
def test_an_order_delivered_again_has_the_same_id(channel: str, external_id: str) -> None:
    first = ids.order_id(channel, external_id)
    assert first == ids.order_id(channel, external_id)
    assert len(first) == ids.ORDER_ID_LENGTH
    assert set(first) <= set(ids.ALPHABET)


@given(st.tuples(NAMES, NAMES), st.tuples(NAMES, NAMES))
def test_different_orders_have_different_ids(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert (ids.order_id(*one) == ids.order_id(*two)) == (one == two)


def test_where_one_name_ends_and_the_next_begins_matters() -> None:
    assert ids.digest("ab", "c") != ids.digest("a", "bc")
    assert ids.digest("a\x1f1:b") != ids.digest("a", "b")


def test_stored_ids_stay_what_they_are() -> None:
    """A changed digest would lose every stored order: this value may never change."""
    assert ids.order_id("web", "1001") == "YHPG5PF89ZF098N2"


@given(st.sampled_from(["0000000000000000", "A.B", "X"]), st.integers(min_value=0, max_value=99))
def test_a_claim_names_its_order_and_part(order: str, part: int) -> None:
    assert ids.part_of_claim(ids.claim_id(order, part)) == (order, part)


def test_an_operation_is_named_by_order_and_steps() -> None:
    assert ids.operation_id("O1", "capture", 2) == "O1:capture:2"
    assert ids.operation_id("O1", "capture", 2) != ids.operation_id("O1", "capture", 3)
