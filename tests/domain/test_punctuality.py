"""How punctual lanes are, and what came of promises: figures that add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.limits.promises import MAX_LANE_MARGINS
from oms.domain.promising.outcomes import (
    EARLIEST,
    LATEST,
    NO_RECORD,
    AccuracyRequest,
    PromiseGroup,
    PromiseTally,
    outcome,
    summed,
)
from oms.domain.promising.punctuality import LaneRecord, Margin, MarginTerms, lane_of, margins
from tests.fakes.networks import at

LANE = lane_of("swift", "standard", "FR", "DE")


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


# target % | least | parcels | on time | margin, days
LATE_LANES = """
  90       | 30    | 30      | 26      | 1
  90       | 30    | 30      | 27      | 0
  90       | 30    | 29      | 0       | 0
  90       | 30    | 1000    | 899     | 1
  90       | 30    | 1000    | 900     | 0
  0        | 1     | 10      | 0       | 0
  100      | 1     | 10      | 9       | 1
  100      | 1     | 0       | 0       | 0
"""


@pytest.mark.parametrize(("target", "least", "parcels", "on_time", "days"), rows(LATE_LANES))
def test_a_lane_below_the_target_gets_a_margin(target, least, parcels, on_time, days) -> None:
    record = LaneRecord(int(parcels), int(on_time))
    found = margins({LANE: record}, MarginTerms(int(target), int(least), 1))
    assert found == ({LANE: Margin(1, record)} if int(days) else {})


def test_where_too_many_lanes_are_late_the_least_punctual_count() -> None:
    records = {f"c/s/FR-{n}": LaneRecord(10_000, n) for n in range(MAX_LANE_MARGINS + 5)}
    found = margins(records, MarginTerms())
    assert len(found) == MAX_LANE_MARGINS
    assert "c/s/FR-0" in found
    assert f"c/s/FR-{MAX_LANE_MARGINS + 4}" not in found


# promised   | there                  | days late
OUTCOMES = """
  2026-11-26 | 2026-11-26T23:59+00:00 | 0
  2026-11-26 | 2026-11-27T00:00+00:00 | 1
  2026-11-26 | 2026-11-24T09:00+00:00 | -2
  2026-11-26 | 2027-11-24T09:00+00:00 | 30
  2026-11-26 | 2026-01-24T09:00+00:00 | -14
"""


@pytest.mark.parametrize(("promised", "there", "late"), rows(OUTCOMES))
def test_an_outcome_is_days_from_the_day_promised(promised, there, late) -> None:
    assert outcome(promised, at(there), NO_RECORD) == PromiseTally({int(late): 1})
    assert EARLIEST <= int(late) <= LATEST


def test_what_did_not_come_is_not_on_time() -> None:
    found = outcome("2026-11-26", None, LaneRecord(1, 0)) + PromiseTally({0: 3})
    assert (found.parts, found.on_time, found.on_time_permille) == (4, 3, 750)
    assert found.lane == LaneRecord(1, 0)
    assert PromiseTally().on_time_permille is None


counts = st.dictionaries(st.integers(EARLIEST, LATEST), st.integers(0, 99), max_size=4)
tallies = st.builds(
    PromiseTally, counts, st.integers(0, 9), st.builds(LaneRecord, st.integers(0, 9))
)
groups = st.builds(
    PromiseGroup,
    st.sampled_from(["2026-11-26", "2026-11-27"]),
    st.sampled_from(["web", "app"]),
    st.sampled_from(["SHIP", "PICKUP"]),
    st.sampled_from(["dc", "shop"]),
    st.sampled_from(["", LANE]),
)


@given(st.lists(st.tuples(groups, tallies)), st.sampled_from(["day", "node", "lane", "channel"]))
def test_every_part_is_in_one_group(found, by) -> None:
    sums = summed(found, by)
    every = sum((tally for _, tally in found), PromiseTally())
    assert sum(tally.parts for tally in sums.values()) == every.parts
    assert sum(tally.on_time for tally in sums.values()) == every.on_time <= every.parts


def test_a_period_has_both_its_days() -> None:
    asked = AccuracyRequest(
        date(2026, 12, 31), date(2027, 1, 1), "node", {"channel": "web", "node": ""}
    )
    assert asked.days == ["2026-12-31", "2027-01-01"]
    assert asked.wants(PromiseGroup("2026-12-31", "web", "SHIP", "dc"))
    assert not asked.wants(PromiseGroup("2026-12-31", "app", "SHIP", "dc"))
