"""Units: the pieces of a line, as a set and as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model import units

SETS = st.frozensets(st.integers(min_value=0, max_value=998), max_size=60)


@given(SETS)
def test_text_reads_back_as_the_same_units(some: frozenset[int]) -> None:
    assert units.parse(units.text(some)) == some


@given(SETS)
def test_the_text_of_a_set_is_one_text(some: frozenset[int]) -> None:
    text = units.text(sorted(some, reverse=True))
    assert text == units.text(some)
    assert units.text(units.parse(text)) == text


@pytest.mark.parametrize(
    ("some", "text"),
    [
        (set(), ""),
        ({0}, "0"),
        ({0, 1}, "0-1"),
        ({0, 1, 2, 5}, "0-2,5"),
        ({1, 3, 5}, "1,3,5"),
        ({7, 8, 9, 11, 12}, "7-9,11-12"),
    ],
)
def test_runs_of_units_are_written_as_ranges(some: set[int], text: str) -> None:
    assert units.text(some) == text


@pytest.mark.parametrize("ranges", ["x", "1-x", "1.5", "0 to 2"])
def test_anything_else_is_not_units(ranges: str) -> None:
    with pytest.raises(ValueError):
        units.parse(ranges)


@given(st.integers(min_value=0, max_value=999))
def test_a_line_of_a_quantity_has_that_many_units(quantity: int) -> None:
    assert len(units.of(quantity)) == quantity
    assert units.first(units.of(quantity), quantity) == units.of(quantity)


@given(SETS, st.data())
def test_the_first_units_are_the_lowest(some: frozenset[int], data: st.DataObject) -> None:
    quantity = data.draw(st.integers(min_value=0, max_value=len(some)))
    chosen = units.first(some, quantity)
    assert len(chosen) == quantity
    assert chosen <= some
    assert all(low < high for low in chosen for high in some - chosen)


def test_more_units_than_there_are_cannot_be_had() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        units.first({4, 9}, 3)
