"""A cycle count: who counts which SKUs of a node, what they find, and what of it is posted.

DRAFT → ASSIGNED → COUNTED → REVIEW → POSTED | VOID. Counting says nothing of what is believed to be
there; the review does. Posting books each line as a count of when it was counted, so that what was
sold between counting and posting stays sold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..errors import ValidationFailed
from ..lifecycle import step
from ..model.flows import moved_since
from ..model.stock_item import StockItem
from ..stock_lifecycles import COUNT_SESSION, CountEvent, CountStatus
from ..timeline import Entry
from .counting import check_time


@dataclass(frozen=True, slots=True)
class CountLine:
    """`counted` is -1 before it is counted. `expected` is what was believed to lie there at
    `counted_at`, -1 before the review. `outcome` is what posting made of it.
    """

    sku: str
    counted: int = -1
    counted_at: int = 0
    expected: int = -1
    outcome: str = ""

    @property
    def done(self) -> bool:
        return self.counted >= 0

    @property
    def variance(self) -> int | None:
        return self.counted - self.expected if self.done and self.expected >= 0 else None


@dataclass(frozen=True, slots=True)
class CountSession:
    id: str
    node: str
    lines: tuple[CountLine, ...]
    status: CountStatus = CountStatus.DRAFT
    assignee: str = ""
    version: int = 0
    timeline: tuple[Entry, ...] = ()

    @property
    def ended(self) -> bool:
        return not COUNT_SESSION[self.status]

    @property
    def possible(self) -> tuple[CountEvent, ...]:
        return tuple(sorted(COUNT_SESSION[self.status]))

    @property
    def booked(self) -> bool:
        """Every line was posted to stock."""
        return all(line.outcome for line in self.lines)

    def moved(self, event: CountEvent) -> CountSession:
        """Raises IllegalTransition."""
        return replace(self, status=step(COUNT_SESSION, self.status, event))


@dataclass(frozen=True, slots=True)
class CountedUnits:
    """Units of a SKU that somebody counted, and when (epoch seconds, 0 = this moment)."""

    sku: str
    counted: int
    counted_at: int


def assign(session: CountSession, assignee: str) -> CountSession:
    return replace(session.moved(CountEvent.ASSIGN), assignee=assignee)


def count(session: CountSession, found: Sequence[CountedUnits], now: int) -> CountSession:
    """Some lines, or the rest of them; the last word on a line holds. Raises ValidationFailed."""
    by_sku = {each.sku: each for each in found}
    unknown = set(by_sku) - {line.sku for line in session.lines}
    wrong = {
        f"/lines/{n}/sku": "not of this count" for n, x in enumerate(found) if x.sku in unknown
    }
    if wrong:
        raise ValidationFailed("not all of it was asked for", fields=wrong)
    for each in found:
        check_time(each.counted_at or now, now)
    lines = tuple(_counted(line, by_sku.get(line.sku), now) for line in session.lines)
    complete = all(line.done for line in lines)
    return replace(
        session.moved(CountEvent.COMPLETE if complete else CountEvent.COUNT), lines=lines
    )


def _counted(line: CountLine, found: CountedUnits | None, now: int) -> CountLine:
    if found is None:
        return line
    return replace(line, counted=found.counted, counted_at=found.counted_at or now)


def review(session: CountSession, items: Mapping[str, StockItem]) -> CountSession:
    """Beside what was counted, what was believed to lie there then."""
    lines = tuple(
        replace(line, expected=_then(items.get(line.sku), line.counted_at))
        for line in session.lines
    )
    return replace(session.moved(CountEvent.REVIEW), lines=lines)


def _then(item: StockItem | None, at: int) -> int:
    return max(0, item.on_hand - moved_since(item.flows, at)) if item else 0


def recount(session: CountSession, skus: Sequence[str]) -> CountSession:
    """These lines are counted again; without any, all."""
    to_recount = set(skus) or {line.sku for line in session.lines}
    if unknown := to_recount - {line.sku for line in session.lines}:
        raise ValidationFailed("not of this count", fields={"/skus": ", ".join(sorted(unknown))})
    lines = tuple(
        CountLine(line.sku) if line.sku in to_recount else replace(line, expected=-1)
        for line in session.lines
    )
    return replace(session.moved(CountEvent.RECOUNT), lines=lines)


def post(session: CountSession, now: int) -> CountSession:
    """Raises ValidationFailed where a line was counted too long ago to understand."""
    after = session.moved(CountEvent.POST)
    for line in session.lines:
        check_time(line.counted_at, now)
    return after


def posted(session: CountSession, outcomes: Mapping[str, str]) -> CountSession:
    """What became of its lines in stock."""
    lines = tuple(replace(line, outcome=outcomes[line.sku]) for line in session.lines)
    return replace(session, lines=lines)
