"""Several calendars in one promise, as text tables: node, carrier, store and customer each with
their own days, clocks and holidays.
"""

from __future__ import annotations

import pytest

from oms.domain.model.carriage import CarrierService
from oms.domain.model.network import Network
from oms.domain.promising.promise import promise
from oms.domain.sourcing.source import bound_for
from tests.fakes.networks import MON_SAT, at, demand, hours, node

BRACKETS = ((30_000, 490),)
HOLIDAYS = {
    "DE": frozenset({"2026-12-25"}),
    "DE-BY": frozenset({"2026-06-04", "2026-12-25"}),  # Corpus Christi in Bavaria
    "FR": frozenset({"2026-07-14", "2026-12-25"}),
}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def carrier(**more) -> CarrierService:
    return CarrierService(
        carrier="parcels",
        service="standard",
        transit_days={"domestic": 1, "region": 3, "world": 7},
        prices=dict.fromkeys(("domestic", "region", "world"), BRACKETS),
        region=frozenset({"DE", "FR"}),
        **more,
    )


# ordered on Wednesday 10 June | to | arrives
ZONES = """
  2026-06-10T10:00+02:00 | DE | 2026-06-11
  2026-06-10T10:00+02:00 | FR | 2026-06-15
  2026-06-10T10:00+02:00 | US | 2026-06-19
  2026-07-10T10:00+02:00 | FR | 2026-07-16
"""


@pytest.mark.parametrize(("ordered", "country", "arrives"), rows(ZONES))
def test_transit_is_that_of_the_zone(ordered: str, country: str, arrives: str) -> None:
    around = Network((), {}, holidays=HOLIDAYS)
    found = promise(
        node("N", holidays="DE"), carrier(), demand("A1", country=country), at(ordered),
        network=around,
    )  # fmt: skip
    assert found is not None
    assert found.deliver_by == arrives


# calendar | closed by itself      | prep | ordered                | ships      | arrives
CLOSED = """
  DE       |                       | 0    | 2026-06-04T10:00+02:00 | 2026-06-04 | 2026-06-05
  DE-BY    |                       | 0    | 2026-06-04T10:00+02:00 | 2026-06-05 | 2026-06-08
  DE-BY    |                       | 1    | 2026-06-03T10:00+02:00 | 2026-06-05 | 2026-06-08
  DE       | 2026-06-04            | 1    | 2026-06-03T10:00+02:00 | 2026-06-05 | 2026-06-08
  DE       | 2026-06-04 2026-06-05 | 1    | 2026-06-03T10:00+02:00 | 2026-06-08 | 2026-06-09
  DE       | 2026-12-24 2026-12-31 | 0    | 2026-12-24T10:00+01:00 | 2026-12-28 | 2026-12-29
  DE       | 2026-12-24 2026-12-31 | 2    | 2026-12-29T10:00+01:00 | 2027-01-01 | 2027-01-04
"""


@pytest.mark.parametrize(
    ("calendar", "closed", "prep", "ordered", "ships", "arrives"), rows(CLOSED)
)
def test_holidays_of_a_region_and_own_closures(
    calendar, closed, prep, ordered, ships, arrives
) -> None:
    place = node(
        "N", holidays=calendar, closures=frozenset(closed.split()), prep_days=int(prep)
    )  # fmt: skip
    around = Network((), {}, holidays=HOLIDAYS)
    found = promise(place, carrier(), demand("A1"), at(ordered), network=around)
    assert found is not None
    assert (found.ship_by, found.deliver_by) == (ships, arrives)


# ordered                | leaves     | ready at the store
TO_A_STORE_ABROAD = """
  2026-06-10T10:00+02:00 | 2026-06-10 | 2026-06-16T10:00:00+01:00
  2026-03-24T10:00+01:00 | 2026-03-24 | 2026-03-28T10:00:00+00:00
  2026-03-26T10:00+01:00 | 2026-03-26 | 2026-04-01T10:00:00+01:00
  2026-10-22T10:00+02:00 | 2026-10-22 | 2026-10-28T10:00:00+00:00
  2026-12-22T10:00+01:00 | 2026-12-22 | 2026-12-29T10:00:00+00:00
  2026-12-29T14:01+01:00 | 2026-12-30 | 2027-01-05T10:00:00+00:00
"""


@pytest.mark.parametrize(("ordered", "leaves", "ready"), rows(TO_A_STORE_ABROAD))
def test_a_node_and_a_store_in_different_zones(ordered: str, leaves: str, ready: str) -> None:
    """The store opens by its own clock, which changes on other days than it counts here."""
    store = node(
        "S",
        country="FR",
        timezone="Europe/London",
        open=hours(MON_SAT, "10:00-19:00"),
        receive_days=1,
    )
    source = node("DC", holidays="DE")
    around = Network((source, store), {}, holidays=HOLIDAYS)
    asked = demand("A1", method="PICKUP", service="ship_to_store", node="S", country="")
    found = promise(source, carrier(), bound_for(asked, around), at(ordered), network=around)
    assert found is not None
    assert (found.ship_by, found.ready_by) == (leaves, ready)


# taken on                  | ordered                | ships      | pickup ready
FULL_AROUND_A_CLOCK_CHANGE = """
                            | 2026-03-27T17:30+01:00 | 2026-03-30 | 2026-03-30T10:00:00+02:00
  2026-03-30                | 2026-03-27T17:30+01:00 | 2026-03-31 | 2026-03-31T10:00:00+02:00
  2026-10-26 2026-10-27     | 2026-10-23T17:30+02:00 | 2026-10-28 | 2026-10-28T10:00:00+01:00
  2026-12-31 2027-01-01     | 2026-12-30T17:30+01:00 | 2027-01-04 | 2027-01-04T10:00:00+01:00
"""


@pytest.mark.parametrize(("taken", "ordered", "ships", "ready"), rows(FULL_AROUND_A_CLOCK_CHANGE))
def test_a_full_day_is_passed_over_whatever_the_clock_does(taken, ordered, ships, ready) -> None:
    place = node("N", holidays="DE", daily_capacity=1)
    load = {("N", day): 1 for day in taken.split()}
    around = Network((), {}, holidays=HOLIDAYS, load=load)
    shipped = promise(place, carrier(), demand("A1"), at(ordered), network=around)
    pickup = demand("A1", method="PICKUP", node="N")
    collected = promise(place, None, pickup, at(ordered), network=around)
    assert shipped is not None
    assert collected is not None
    assert (shipped.ship_by, collected.ready_by) == (ships, ready)
