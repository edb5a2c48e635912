"""What came of promises: counted by the day promised, so that what never came counts, too.

Days are those of UTC. A parcel is also measured against its lane: punctuality.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from .punctuality import LaneRecord

EARLIEST, LATEST = -14, 30  # days; what is farther off counts as these
NO_DAYS: Mapping[int, int] = MappingProxyType({})
NO_RECORD = LaneRecord()


@dataclass(frozen=True, slots=True, order=True)
class PromiseGroup:
    """What outcomes are counted by. `day`: ISO date promised; `lane` "" for what is collected."""

    day: str
    channel: str
    method: str
    node: str
    lane: str = ""


GROUPED_BY = ("day", "channel", "method", "node", "lane")


@dataclass(frozen=True, slots=True)
class PromiseTally:
    """`days`: days late (below 0: early) → parts that were there; `missing` parts were not.

    `lane` is the record of those of them that a lane can be measured by.
    """

    days: Mapping[int, int] = field(default_factory=lambda: NO_DAYS)
    missing: int = 0
    lane: LaneRecord = NO_RECORD

    @property
    def parts(self) -> int:
        return sum(self.days.values()) + self.missing

    @property
    def on_time(self) -> int:
        return sum(count for late, count in self.days.items() if late <= 0)

    @property
    def on_time_permille(self) -> int | None:
        return 1000 * self.on_time // self.parts if self.parts else None

    def __add__(self, other: PromiseTally) -> PromiseTally:
        days = {
            late: self.days.get(late, 0) + other.days.get(late, 0)
            for late in sorted({*self.days, *other.days})
        }
        carried = self.lane.parcels + other.lane.parcels
        lane = LaneRecord(carried, self.lane.on_time + other.lane.on_time)
        return PromiseTally(days, self.missing + other.missing, lane)


def outcome(promised: str, arrived_at: int | None, lane: LaneRecord) -> PromiseTally:
    """Of one part; `there`: when it was (epoch seconds), None when it was not."""
    if arrived_at is None:
        return PromiseTally(missing=1, lane=lane)
    late = (datetime.fromtimestamp(arrived_at, UTC).date() - date.fromisoformat(promised)).days
    return PromiseTally({min(LATEST, max(EARLIEST, late)): 1}, lane=lane)


def summed(found: Iterable[tuple[PromiseGroup, PromiseTally]], by: str) -> dict[str, PromiseTally]:
    """By one of GROUPED_BY."""
    sums: dict[str, PromiseTally] = {}
    for group, tally in found:
        name = str(getattr(group, by))
        sums[name] = sums.get(name, PromiseTally()) + tally
    return dict(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class AccuracyRequest:
    """Of the days promised from `since` to `until`, by one of GROUPED_BY; `only`: name of a group →
    the value that is wanted, "" for any.
    """

    since: date
    until: date
    by: str
    only: Mapping[str, str] = field(default_factory=dict)

    @property
    def days(self) -> list[str]:
        count = (self.until - self.since).days + 1
        return [(self.since + timedelta(days=n)).isoformat() for n in range(count)]

    def wants(self, group: PromiseGroup) -> bool:
        return all(not value or getattr(group, name) == value for name, value in self.only.items())
