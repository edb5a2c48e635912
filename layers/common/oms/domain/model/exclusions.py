"""What a node did not give, and until when it is not asked for that line again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..consequences.consequence import Mark
from ..consequences.table import marked
from .fulfilment import GAVE_BACK, NO_VARIANCE, FulfilmentOrder


@dataclass(frozen=True, slots=True)
class Exclusion:
    """`thru`: epoch seconds; from then on the node may be asked for this line again."""

    line: int
    node: str
    reason: str
    thru: int


def exclusions(part: FulfilmentOrder, exclude_for_s: int) -> Iterator[Exclusion]:
    """One for each line that the part's node gave back or did not find."""
    lines = part.lines if part.status in GAVE_BACK else part.missed
    thru = refused_at(part) + exclude_for_s
    for no in sorted({*lines, *part.missed}):
        yield Exclusion(no, part.sent_from or part.node, part.reasons.get(no, NO_VARIANCE), thru)


def refused_at(part: FulfilmentOrder) -> int:
    """Of a part whose refusal fell off its bounded timeline: the oldest that is left of it."""
    moments = [entry.at for entry in part.timeline if entry.kind in marked(Mark.REFUSED)]
    oldest = part.timeline[0].at if part.timeline else part.assigned_at
    return moments[-1] if moments else oldest
