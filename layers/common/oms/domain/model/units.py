"""Units: the identities of the pieces of an order line, as a frozen set of indices.

Line quantity 3 is the units {0, 1, 2}. Text form for storage and people: "0-2,5".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

Units = frozenset[int]
NO_UNITS: Units = frozenset()


def of(quantity: int) -> Units:
    """All units of a line of `quantity`."""
    return frozenset(range(quantity))


def first(units: Iterable[int], quantity: int) -> Units:
    """The `quantity` lowest units; raises ValueError when there are fewer."""
    chosen = frozenset(sorted(units)[:quantity])
    if len(chosen) < quantity:
        raise ValueError(f"asked for {quantity} of {len(chosen)} units")
    return chosen


def text(units: Iterable[int]) -> str:
    """Ranges: {0, 1, 2, 5} → "0-2,5"; no units → ""."""
    runs = groupby(enumerate(sorted(units)), key=lambda pair: pair[1] - pair[0])
    parts = []
    for _, run in runs:
        numbers = [number for _, number in run]
        parts.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return ",".join(parts)


def parse(ranges: str) -> Units:
    """The inverse of `text`; raises ValueError on anything that `text` never writes."""
    found: set[int] = set()
    for part in ranges.split(",") if ranges else ():
        low, _, high = part.partition("-")
        found.update(range(int(low), int(high or low) + 1))
    units = frozenset(found)
    if text(units) != ranges:
        raise ValueError(f"not unit ranges: {ranges!r}")
    return units


# line number → units of that line
LineUnits = Mapping[int, Units]


def common(lines: LineUnits, others: LineUnits) -> dict[int, Units]:
    """Units that are in both; no line without any."""
    return _named({no: which & others.get(no, NO_UNITS) for no, which in lines.items()})


def minus(lines: LineUnits, less: LineUnits) -> dict[int, Units]:
    """Units that are not in the others; no line without any."""
    return _named({no: which - less.get(no, NO_UNITS) for no, which in lines.items()})


def plus(lines: LineUnits, more: LineUnits) -> dict[int, Units]:
    """Units that are in either; no line without any."""
    both = {*lines, *more}
    return _named({no: lines.get(no, NO_UNITS) | more.get(no, NO_UNITS) for no in both})


def _named(lines: dict[int, Units]) -> dict[int, Units]:
    return {no: which for no, which in lines.items() if which}
