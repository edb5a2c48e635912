"""A foreign order of any size within our limits: nothing is lost, and what is too much is held.

A line of more units than one has here becomes several. What then still is beyond the lines or units
of an order is one line of a made-up SKU: its price is theirs, so the sums agree, and a person
decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...domain.errors import ValidationFailed
from ...domain.limits.orders import MAX_LINES, MAX_PROPERTIES_LENGTH, MAX_QUANTITY, MAX_UNITS
from ...domain.model import money
from ...domain.model.money import MAX_MINOR
from ...domain.model.order import Hold
from ...domain.orders.intake import NewLine
from . import draft

BEYOND_LIMITS, PROPERTIES_CUT = "BEYOND_LIMITS", "PROPERTIES_CUT"
Bounded = tuple[tuple[NewLine, ...], tuple[Hold, ...]]


def bounded(lines: Sequence[NewLine], pointer: str, *, ended: bool = False) -> Bounded:
    """The lines and a doubt about them. Raises ValidationFailed for an order without lines, but
    for one that `ended`.
    """
    if not lines and not ended:
        raise ValidationFailed("The order has no lines", fields={pointer: "no lines"})
    kept: list[NewLine] = []
    units = 0
    lines, cut = _bounded_properties(lines)
    pieces = _pieces(lines)
    for piece in pieces:
        units += piece.quantity
        if len(kept) == MAX_LINES or units > MAX_UNITS:
            rest = [*kept[MAX_LINES - 1 :], piece, *pieces]
            return _folded(kept[: MAX_LINES - 1], rest, cut)
        kept.append(piece)
    return tuple(kept), cut


def _bounded_properties(lines: Sequence[NewLine]) -> Bounded:
    """Those of the first lines, as far as an order keeps them."""
    left, found = MAX_PROPERTIES_LENGTH, []
    for line in lines:
        left -= sum(len(text) for pair in line.properties.items() for text in pair)
        found.append(line if left >= 0 else replace(line, properties={}))
    return tuple(found), (() if left >= 0 else (draft.hold("MANUAL", PROPERTIES_CUT),))


def _pieces(lines: Sequence[NewLine]) -> Iterator[NewLine]:
    """Lines of at most as many units as a line has; endless numbers of pieces are not made."""
    for line in lines:
        if line.quantity <= MAX_QUANTITY or line.quantity > MAX_QUANTITY * MAX_LINES:
            yield line
            continue
        whole, rest = divmod(line.quantity, MAX_QUANTITY)
        counts = [MAX_QUANTITY] * whole + ([rest] if rest else [])
        discounts, taxes = (money.split(each, counts) for each in (line.discount, line.tax))
        for count, discount, tax in zip(counts, discounts, taxes, strict=True):
            yield replace(line, quantity=count, discount=discount, tax=tax)


def _folded(kept: Sequence[NewLine], rest: Sequence[NewLine], cut: tuple[Hold, ...]) -> Bounded:
    values = [line.quantity * (line.unit_price or 0) - line.discount for line in rest]
    units = sum(line.quantity for line in rest)
    one = NewLine(
        sku=BEYOND_LIMITS.lower(),
        quantity=1,
        unit_price=min(max(0, sum(values)), MAX_MINOR),
        tax=min(sum(line.tax for line in rest), MAX_MINOR),
        tax_included=all(line.tax_included for line in rest),
        name=f"{len(rest)} lines, {units} units",
    )
    detail = f"{len(rest)} lines of {units} units are line {len(kept) + 1}"
    return (*kept, one), (draft.hold("MANUAL", BEYOND_LIMITS, detail), *cut)
