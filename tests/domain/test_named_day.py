"""A day that the shopper names: it leaves as late as it may, and arrives on that day or not."""

from __future__ import annotations

import pytest

from oms.domain.model.network import Network
from oms.domain.promising.promise import promise
from tests.fakes.networks import at, demand, node, service

HOLIDAYS = Network((), {}, holidays={"DE": frozenset({"2026-12-25"})})


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


# ordered                | prep | transit | named      | leaves     | order by
NAMED = """
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-18 | 2026-12-17 | 2026-12-17T14:00:00+01:00
  2026-12-14T10:00+01:00 | 1    | 1       | 2026-12-18 | 2026-12-17 | 2026-12-16T14:00:00+01:00
  2026-12-14T10:00+01:00 | 1    | 2       | 2026-12-21 | 2026-12-17 | 2026-12-16T14:00:00+01:00
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-15 | 2026-12-14 | 2026-12-14T14:00:00+01:00
  2026-12-14T14:01+01:00 | 0    | 1       | 2026-12-15 |            |
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-19 |            |
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-20 |            |
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-25 |            |
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-28 | 2026-12-24 | 2026-12-24T14:00:00+01:00
  2026-12-14T10:00+01:00 | 0    | 1       | 2027-01-04 | 2027-01-01 | 2027-01-01T14:00:00+01:00
  2026-12-14T10:00+01:00 | 0    | 1       | 2026-12-11 |            |
  2026-03-24T10:00+01:00 | 0    | 1       | 2026-03-31 | 2026-03-30 | 2026-03-30T14:00:00+02:00
  2026-10-22T10:00+02:00 | 0    | 1       | 2026-10-27 | 2026-10-26 | 2026-10-26T14:00:00+01:00
"""


@pytest.mark.parametrize(("ordered", "prep", "transit", "named", "leaves", "until"), rows(NAMED))
def test_it_leaves_so_as_to_arrive_that_day(ordered, prep, transit, named, leaves, until) -> None:
    place = node("DC", holidays="DE", prep_days=int(prep))
    asked = demand("A1", service="named_day", day=named)
    carrier = service(days=int(transit), delivery_weekdays=frozenset(range(5)))
    found = promise(place, carrier, asked, at(ordered), network=HOLIDAYS)
    if not leaves:
        assert found is None
        return
    assert found is not None
    assert (found.service, found.ship_by, found.deliver_by) == ("named_day", leaves, named)
    assert found.cutoff == until
