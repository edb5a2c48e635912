"""The local working time of a node: days it works, hours it is open.

Days are local dates. Instants are epoch seconds: all arithmetic on hours is done there, because
two local times of one zone subtract as wall clocks and miss the hour a clock change adds or
removes. Public holidays are data, resolved outside: calendar code → ISO dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from .network import NO_LOAD, Load
from .node import Node

Holidays = Mapping[str, frozenset[str]]
NO_HOLIDAYS: Holidays = MappingProxyType({})
NO_DATES: frozenset[str] = frozenset()
HORIZON_DAYS = 370  # who does not work within a year does not work
ONE_DAY = timedelta(days=1)


def local(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))


def iso(at: int, zone: str) -> str:
    """The instant in local time with its offset."""
    return local(at, zone).isoformat()


def instant(day: date, clock: str, zone: str) -> int:
    """Epoch seconds of a local "HH:MM"; "24:00" is midnight after the day.

    A time that a clock change skips counts on with the old offset; of a repeated one the first.
    """
    hour, minute = map(int, clock.split(":"))
    days, hour = divmod(hour, 24)
    wall = datetime.combine(day + timedelta(days=days), time(hour, minute), ZoneInfo(zone))
    return int(wall.timestamp())


def first_day(start: date, fits: Callable[[date], bool]) -> date | None:
    """The first day from `start` on that fits, None when none does within the horizon."""
    days = (start + timedelta(days=n) for n in range(HORIZON_DAYS))
    return next((day for day in days if fits(day)), None)


def nth_day_after(start: date, count: int, fits: Callable[[date], bool]) -> date | None:
    """Go on from `start` by `count` days that fit."""
    day: date | None = start
    for _ in range(count):
        day = first_day(day + ONE_DAY, fits) if day else None
    return day


def nth_day_before(start: date, count: int, fits: Callable[[date], bool]) -> date:
    """Go back from `start` by `count` days that fit; not farther than the horizon."""
    day = start
    for _ in range(HORIZON_DAYS):
        if count <= 0:
            break
        day -= ONE_DAY
        count -= fits(day)
    return day


@dataclass(frozen=True, slots=True)
class Ready:
    """Work is done `at`; whoever orders until `order_by` keeps that day's promise."""

    at: int
    order_by: int


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A node's opening hours without the dates it is closed, and what it took on per day."""

    node: Node
    closed: frozenset[str]
    load: Load = field(default_factory=lambda: NO_LOAD)

    def works_on(self, day: date) -> bool:
        return bool(self.node.hours.get(day.weekday())) and day.isoformat() not in self.closed

    def takes_on(self, day: date) -> bool:
        """It works and has capacity left: a capacity of N takes N parts."""
        return self.works_on(day) and not self.full_on(day)

    def full_on(self, day: date) -> bool:
        most = self.node.daily_capacity
        return most > 0 and self.load.get((self.node.id, day.isoformat()), 0) >= most

    def cutoff(self, day: date) -> int:
        return instant(day, self.node.cutoff, self.node.timezone)

    def start_day(self, at: int) -> date | None:
        """The day an order is taken up: today until the cut-off, else the next day with room."""
        today = local(at, self.node.timezone).date()
        late = at > self.cutoff(today)
        return first_day(today + ONE_DAY if late else today, self.takes_on)

    def spans(self, at: int) -> Iterator[tuple[int, int]]:
        """Opening spans (from, until) that end after `at`, in order."""
        first = local(at, self.node.timezone).date() - ONE_DAY  # may be open past midnight
        for n in range(HORIZON_DAYS):
            day = first + timedelta(days=n)
            if not self.works_on(day):
                continue
            for opens, closes in self.node.hours[day.weekday()]:
                since = instant(day, opens, self.node.timezone)
                until = instant(day, closes, self.node.timezone)
                if until <= since:
                    until = instant(day + ONE_DAY, closes, self.node.timezone)
                if until > at:
                    yield since, until

    def ready(self, at: int, minutes: int) -> Ready | None:
        """`minutes` of work inside opening hours, else started at the next opening.

        Work is not begun before a closing it cannot be finished by, unless it is longer than
        all of an opening: then it goes on at the next one.
        """
        left, begun, start, end = minutes * 60, 0, 0, 0
        for opens, closes in self.spans(at):
            if opens > end:
                if start > at:
                    left, begun = left - (end - start), begun or start
                start = max(at, opens)
            end = closes
            if start + left <= end:
                order_by = (begun or start) if start > at else end - left
                return Ready(start + left, order_by)
        return None

    def opened(self, day: date) -> int:
        """When a day it works begins."""
        return instant(day, self.node.hours[day.weekday()][0][0], self.node.timezone)

    def closed_at(self, day: date) -> int:
        """When a day it works ends; past midnight where the last span does."""
        opens, closes = self.node.hours[day.weekday()][-1]
        until = instant(day, closes, self.node.timezone)
        if until <= instant(day, opens, self.node.timezone):
            until = instant(day + ONE_DAY, closes, self.node.timezone)
        return until


def working_time(node: Node, holidays: Holidays = NO_HOLIDAYS, load: Load = NO_LOAD) -> WorkingTime:
    return WorkingTime(node, node.closures | holidays.get(node.holidays, NO_DATES), load)
