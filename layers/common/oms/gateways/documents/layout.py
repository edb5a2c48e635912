"""Whole texts in a box: smaller, then wrapped, then smaller still, and never cut.

Sizes are heights of letters in the unit of the box (points on a page, dots on a label printer).
A `Width` says how wide a text is at size 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ...domain.errors import ValidationFailed

Width = Callable[[str], float]
TOLERANCE = 0.01  # of a unit: a text that was made exactly as wide as its room fits it
LEADING = 1.25
STEP = 0.95  # from one size that is tried to the next


@dataclass(frozen=True, slots=True)
class LabelText:
    """`most`: the size that it has where there is room."""

    text: str
    most: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class LabelRow:
    """`down` from the top of the box to the line that the letters stand on."""

    text: str
    size: float
    down: float
    strong: bool


@dataclass(frozen=True, slots=True)
class LabelBox:
    """Nothing is wrapped that fits at `readable`; nothing is printed smaller than `least`."""

    width: float
    height: float
    readable: float
    least: float


def fitted(what: str, texts: Sequence[LabelText], box: LabelBox, width: Width) -> list[LabelRow]:
    """`texts` one below another, as large as they fit; raises ValidationFailed where they do not.

    `what` they are, for people.
    """
    shrink = 1.0
    while True:
        rows = [row for text in texts for row in _rows(text, shrink, box, width)]
        if sum(size for _, size, _ in rows) * LEADING <= box.height + TOLERANCE:
            return list(_placed(rows))
        if all(size <= box.least for _, size, _ in rows):
            detail = f"the {what} is too long for a label"
            raise ValidationFailed(detail, fields={pointer(what): "does not fit on a label"})
        shrink *= STEP


def pointer(what: str) -> str:
    return "/" + what.replace(" ", "_")


def _placed(rows: Sequence[tuple[str, float, bool]]) -> Iterator[LabelRow]:
    down = 0.0
    for text, size, strong in rows:
        yield LabelRow(text, size, down + size, strong)
        down += size * LEADING


def _rows(
    text: LabelText, shrink: float, box: LabelBox, width: Width
) -> list[tuple[str, float, bool]]:
    most = max(box.least, text.most * shrink)
    size = min(most, box.width / max(width(text.text), TOLERANCE))
    if size >= min(most, box.readable):
        return [(text.text, size, text.strong)]
    size = min(most, box.readable)
    room = (box.width + TOLERANCE) / size
    return [(row, size, text.strong) for row in wrapped(text.text, lambda row: width(row) <= room)]


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """In rows that fit, broken between words; a word that is too long alone, between letters."""
    rows = [""]
    for word in text.split(" "):
        if fits(joined := f"{rows[-1]} {word}".strip()):
            rows[-1] = joined
            continue
        rows.append("")
        for letter in word:
            if rows[-1] and not fits(rows[-1] + letter):
                rows.append("")
            rows[-1] += letter
    return [row for row in rows if row]
