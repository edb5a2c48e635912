"""Calls that wait for one another are round trips; calls beside one another are one."""

from __future__ import annotations

import pytest

from benchmarks.chains import Interval, longest_chain

TABLE: list[tuple[str, list[Interval], int]] = [
    ("no call", [], 0),
    ("one after the other", [(0, 1), (1, 2), (3, 4)], 3),
    ("all beside one another", [(0, 10), (1, 9), (2, 11)], 1),
    ("a long one beside two short ones", [(0, 10), (0, 3), (4, 8)], 2),
    ("two rounds of two", [(0, 2), (0.1, 2.2), (2.5, 4), (2.6, 4.1)], 2),
    ("a round that starts before the last of the one before ended", [(0, 2), (0, 3), (2, 4)], 2),
    ("in no order", [(3, 4), (0, 1), (1, 2)], 3),
]


@pytest.mark.parametrize(("name", "calls", "length"), TABLE)
def test_the_longest_chain_of_calls_that_do_not_overlap(
    name: str, calls: list[Interval], length: int
) -> None:
    assert longest_chain(calls) == length, name
