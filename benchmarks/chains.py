"""Sequential round trips: the longest chain of calls of which each began after the one before."""

from __future__ import annotations

from collections.abc import Iterable

Interval = tuple[float, float]


def longest_chain(intervals: Iterable[Interval]) -> int:
    """How many of the calls waited for one another; calls that overlap count once.

    Greedy by the end, which is optimal for interval graphs: of those that do not overlap, the one
    that ends first leaves most room.
    """
    length, free_from = 0, float("-inf")
    for began, ended in sorted(intervals, key=lambda interval: interval[1]):
        if began >= free_from:
            length, free_from = length + 1, ended
    return length
