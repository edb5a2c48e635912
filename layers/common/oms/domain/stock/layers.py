"""How old stock is: units on hand by the day they came, the oldest leaving first.

Nobody says which unit was taken; that the oldest goes first is the usual assumption, and what a
store that rotates its shelves does.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

MAX_LAYERS = 16  # days that one ledger remembers; beyond it the closest two are taken together


def layered(layers: Mapping[int, int], on_hand: int, day: int) -> dict[int, int]:
    """`layers` after a movement on `day` (number since 1970) that left `on_hand` units."""
    known = dict(sorted(layers.items()))
    change = on_hand - sum(known.values())
    if change > 0:
        known[day] = known.get(day, 0) + change
        return _fewer(known)
    left = -change
    for each in list(known):
        taken = min(left, known[each])
        known[each] -= taken
        left -= taken
        if not known[each]:
            del known[each]
    return known


def oldest(layers: Mapping[int, int]) -> int:
    """The day on which the oldest unit came, 0 for none."""
    return min(layers, default=0)


def _fewer(layers: dict[int, int]) -> dict[int, int]:
    """The closest two days become the earlier one, so that what is old stays old."""
    days = sorted(layers)
    if len(days) <= MAX_LAYERS:
        return layers
    first, second = min(pairwise(days), key=lambda pair: pair[1] - pair[0])
    return {d: n + (layers[second] if d == first else 0) for d, n in layers.items() if d != second}
