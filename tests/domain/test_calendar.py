"""Working days and opening hours of nodes, told as text tables: one row a case."""

from datetime import date

import pytest

from oms.domain.model.calendar import WorkingTime, instant, iso, working_time
from tests.fakes.networks import MON_FRI, MON_SAT, WEEK, at, hours, node

HOLIDAYS = {"DE": frozenset({"2026-12-25", "2027-01-01"})}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def shop(**more) -> WorkingTime:
    return working_time(node("S", holidays="DE", **more), HOLIDAYS)


# order placed (local)      | day it is taken up
START_DAYS = """
  2026-12-23T13:59:00+01:00 | 2026-12-23
  2026-12-23T14:00:00+01:00 | 2026-12-23
  2026-12-23T14:00:01+01:00 | 2026-12-24
  2026-12-23T14:01:00+01:00 | 2026-12-24
  2026-12-24T14:01:00+01:00 | 2026-12-28
  2026-12-26T09:00:00+01:00 | 2026-12-28
  2026-12-31T15:00:00+01:00 | 2027-01-04
  2026-12-23T23:30:00+00:00 | 2026-12-24
  2026-12-24T05:59:00-08:00 | 2026-12-28
  2026-12-24T04:59:00-08:00 | 2026-12-24
"""


@pytest.mark.parametrize(("placed", "day"), rows(START_DAYS))
def test_an_order_after_the_cutoff_starts_the_next_working_day(placed: str, day: str) -> None:
    start = shop().start_day(at(placed))
    assert start is not None
    assert start.isoformat() == day


def test_a_closure_is_no_working_day() -> None:
    start = shop(closures=frozenset({"2026-12-24"})).start_day(at("2026-12-23T15:00+01:00"))
    assert str(start) == "2026-12-28"


def test_a_node_without_hours_never_starts() -> None:
    work = shop(open={})
    assert work.start_day(at("2026-12-23T15:00+01:00")) is None
    assert work.ready(at("2026-12-23T15:00+01:00"), 60) is None


# now (local)         | minutes | ready                     | order by (that keeps the day)
READY = """
  2026-12-23T10:00+01:00 |  60 | 2026-12-23T11:00:00+01:00 | 2026-12-23T17:00:00+01:00
  2026-12-23T17:00+01:00 |  60 | 2026-12-23T18:00:00+01:00 | 2026-12-23T17:00:00+01:00
  2026-12-23T17:01+01:00 |  60 | 2026-12-24T10:00:00+01:00 | 2026-12-24T09:00:00+01:00
  2026-12-23T03:00+01:00 |  60 | 2026-12-23T10:00:00+01:00 | 2026-12-23T09:00:00+01:00
  2026-12-24T17:30+01:00 |  60 | 2026-12-28T10:00:00+01:00 | 2026-12-28T09:00:00+01:00
  2026-12-31T17:30+01:00 |  90 | 2027-01-04T10:30:00+01:00 | 2027-01-04T09:00:00+01:00
  2026-12-23T17:30+01:00 | 600 | 2026-12-28T10:00:00+01:00 | 2026-12-24T09:00:00+01:00
  2026-12-23T08:00-08:00 |  60 | 2026-12-23T18:00:00+01:00 | 2026-12-23T17:00:00+01:00
"""


@pytest.mark.parametrize(("now", "minutes", "ready", "order_by"), rows(READY))
def test_pickup_work_is_done_inside_opening_hours(now, minutes, ready, order_by) -> None:
    found = shop().ready(at(now), int(minutes))
    assert found is not None
    assert iso(found.at, "Europe/Berlin") == ready
    assert iso(found.order_by, "Europe/Berlin") == order_by


# hours                   | now                       | minutes | ready
SPANS = """
  09:00-12:00 14:00-18:00 | 2026-06-10T11:30:00+02:00 |  60 | 2026-06-10T15:00:00+02:00
  09:00-12:00 14:00-18:00 | 2026-06-10T08:00:00+02:00 | 240 | 2026-06-10T15:00:00+02:00
  00:00-24:00             | 2026-06-10T23:30:00+02:00 |  60 | 2026-06-11T00:30:00+02:00
  18:00-02:00             | 2026-06-10T01:30:00+02:00 |  20 | 2026-06-10T01:50:00+02:00
  18:00-02:00             | 2026-06-10T01:30:00+02:00 |  60 | 2026-06-10T19:00:00+02:00
  00:00-24:00             | 2026-03-29T01:30:00+01:00 |  60 | 2026-03-29T03:30:00+02:00
  00:00-24:00             | 2026-10-25T02:30:00+02:00 |  60 | 2026-10-25T02:30:00+01:00
  01:00-05:00             | 2026-03-29T00:00:00+01:00 | 180 | 2026-03-29T05:00:00+02:00
  01:00-05:00             | 2026-10-25T00:00:00+02:00 | 240 | 2026-10-25T04:00:00+01:00
"""


@pytest.mark.parametrize(("spans", "now", "minutes", "ready"), rows(SPANS))
def test_breaks_midnight_and_clock_changes(spans, now, minutes, ready) -> None:
    work = working_time(node("S", open=hours(WEEK, *spans.split())))
    found = work.ready(at(now), int(minutes))
    assert found is not None
    assert iso(found.at, "Europe/Berlin") == ready


# zone             | day        | clock | instant
INSTANTS = """
  Europe/Berlin    | 2026-03-29 | 02:30 | 2026-03-29T01:30+00:00
  Europe/Berlin    | 2026-10-25 | 02:30 | 2026-10-25T00:30+00:00
  America/New_York | 2026-03-08 | 14:00 | 2026-03-08T18:00+00:00
  America/New_York | 2026-03-07 | 14:00 | 2026-03-07T19:00+00:00
  Asia/Kolkata     | 2026-12-31 | 24:00 | 2026-12-31T18:30+00:00
"""


@pytest.mark.parametrize(("zone", "day", "clock", "expected"), rows(INSTANTS))
def test_local_clock_times_are_instants(zone, day, clock, expected) -> None:
    assert instant(date.fromisoformat(day), clock, zone) == at(expected)


def test_saturday_counts_where_the_node_works_on_it() -> None:
    work = working_time(node("S", open=hours(MON_SAT, "09:00-18:00")))
    assert str(work.start_day(at("2026-06-12T15:00+02:00"))) == "2026-06-13"
    work = working_time(node("S", open=hours(MON_FRI, "09:00-18:00")))
    assert str(work.start_day(at("2026-06-12T15:00+02:00"))) == "2026-06-15"
