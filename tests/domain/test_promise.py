"""What one node promises, as text tables; the first one is the field's worked example."""

from dataclasses import replace

import pytest

from oms.domain.model.network import Network
from oms.domain.model.promise import Promise
from oms.domain.model.supply import Supply
from oms.domain.promising.promise import degraded, overall, promise
from oms.domain.quoting.backorder import backorder_promise
from tests.fakes.networks import MON_SAT, WEEK, at, demand, hours, network, node, service


def closed_on(country: str, *days: str) -> Network:
    return Network((), {}, holidays={country: frozenset(days)})


NOW = at("2026-06-10T10:00+02:00")
CHRISTMAS = closed_on("DE", "2026-12-25")


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


# Mon–Fri node, 14:00 cut-off, next-day carrier Mon–Fri, delivery Mon–Sat, holiday 25 December
# ordered                | ships      | arrives    | order within, until
WORKED_EXAMPLE = """
  2026-12-23T13:59+01:00 | 2026-12-23 | 2026-12-24 | 2026-12-23T14:00:00+01:00
  2026-12-23T14:01+01:00 | 2026-12-24 | 2026-12-28 | 2026-12-24T14:00:00+01:00
  2026-12-24T14:01+01:00 | 2026-12-28 | 2026-12-29 | 2026-12-28T14:00:00+01:00
  2026-12-26T10:00+01:00 | 2026-12-28 | 2026-12-29 | 2026-12-28T14:00:00+01:00
"""


@pytest.mark.parametrize(("ordered", "ships", "arrives", "until"), rows(WORKED_EXAMPLE))
def test_the_worked_example_around_christmas(ordered, ships, arrives, until) -> None:
    place = node("DC", holidays="DE")
    found = promise(place, service(days=1), demand("A1"), at(ordered), network=CHRISTMAS)
    assert found == Promise("SHIP", "standard", ships, arrives, cutoff=until)


# node's zone      | ordered                | prep | transit | supply     | ships      | arrives
ZONES = """
  Europe/Berlin    | 2026-06-11T10:00+02:00 | 0    | 2       |            | 2026-06-11 | 2026-06-15
  Europe/Berlin    | 2026-06-11T10:00+02:00 | 1    | 1       |            | 2026-06-12 | 2026-06-15
  Europe/Berlin    | 2026-06-12T10:00+02:00 | 1    | 1       |            | 2026-06-15 | 2026-06-16
  Europe/Berlin    | 2026-06-11T10:00+02:00 | 0    | 0       |            | 2026-06-11 | 2026-06-11
  America/New_York | 2026-06-11T19:59+02:00 | 0    | 1       |            | 2026-06-11 | 2026-06-12
  America/New_York | 2026-06-11T20:01+02:00 | 0    | 1       |            | 2026-06-12 | 2026-06-15
  Asia/Tokyo       | 2026-06-11T17:00+02:00 | 0    | 1       |            | 2026-06-12 | 2026-06-15
  Europe/Berlin    | 2026-12-31T14:01+01:00 | 0    | 1       |            | 2027-01-01 | 2027-01-04
  Europe/Berlin    | 2026-03-29T00:30+01:00 | 0    | 1       |            | 2026-03-30 | 2026-03-31
  Europe/Berlin    | 2026-06-11T10:00+02:00 | 0    | 1       | 2026-06-20 | 2026-06-22 | 2026-06-23
  Europe/Berlin    | 2026-06-11T10:00+02:00 | 0    | 1       | 2026-06-01 | 2026-06-11 | 2026-06-12
"""


@pytest.mark.parametrize(
    ("zone", "ordered", "prep", "transit", "supply", "ships", "arrives"), rows(ZONES)
)
def test_days_are_those_of_the_node(zone, ordered, prep, transit, supply, ships, arrives) -> None:
    place = node("N", timezone=zone, prep_days=int(prep))
    found = promise(place, service(days=int(transit)), demand("A1"), at(ordered), supply)
    assert found is not None
    assert (found.ship_by, found.deliver_by) == (ships, arrives)


def test_a_parcel_is_handed_over_when_both_the_node_works_and_the_carrier_comes() -> None:
    saturdays = node("N", open=hours(MON_SAT, "09:00-18:00"), pickup_weekdays=frozenset({5}))
    every_day = service(pickup_weekdays=frozenset(WEEK), delivery_weekdays=frozenset({0}))
    found = promise(saturdays, every_day, demand("A1"), at("2026-06-10T10:00+02:00"))
    assert found is not None
    assert (found.ship_by, found.deliver_by) == ("2026-06-13", "2026-06-15")


def test_a_holiday_at_the_destination_delays_delivery_there_only() -> None:
    ordered, abroad = at("2026-07-13T10:00+02:00"), closed_on("FR", "2026-07-14")
    to_france = promise(node("N"), service(), demand("A1", country="FR"), ordered, network=abroad)
    at_home = promise(node("N"), service(), demand("A1"), ordered, network=abroad)
    assert to_france is not None
    assert at_home is not None
    assert (to_france.deliver_by, at_home.deliver_by) == ("2026-07-15", "2026-07-14")


def test_a_node_or_carrier_that_never_works_promises_nothing() -> None:
    now = at("2026-06-10T10:00+02:00")
    assert promise(node("N", open={}), service(), demand("A1"), now) is None
    assert promise(node("N", pickup_weekdays=frozenset()), service(), demand("A1"), now) is None
    assert promise(node("N"), service(delivery_weekdays=frozenset()), demand("A1"), now) is None
    assert promise(node("N", open={}), None, demand("A1", method="PICKUP"), now) is None


# The last minute of the cut-off on either side of a clock change, at the end of a year, and for
# a customer whose clock shows another day than the node's.
# node's zone      | ordered, by the customer's clock | ships      | arrives    | order within, until
MINUTES = """
  Europe/Berlin    | 2026-03-27T14:00+01:00 | 2026-03-27 | 2026-03-30 | 2026-03-27T14:00:00+01:00
  Europe/Berlin    | 2026-03-27T14:01+01:00 | 2026-03-30 | 2026-03-31 | 2026-03-30T14:00:00+02:00
  Europe/Berlin    | 2026-03-30T14:00+02:00 | 2026-03-30 | 2026-03-31 | 2026-03-30T14:00:00+02:00
  Europe/Berlin    | 2026-03-30T13:01+01:00 | 2026-03-31 | 2026-04-01 | 2026-03-31T14:00:00+02:00
  Europe/Berlin    | 2026-10-23T14:01+02:00 | 2026-10-26 | 2026-10-27 | 2026-10-26T14:00:00+01:00
  Europe/Berlin    | 2026-10-26T14:00+02:00 | 2026-10-26 | 2026-10-27 | 2026-10-26T14:00:00+01:00
  Europe/Berlin    | 2026-10-26T15:01+02:00 | 2026-10-27 | 2026-10-28 | 2026-10-27T14:00:00+01:00
  America/New_York | 2026-03-09T14:00-04:00 | 2026-03-09 | 2026-03-10 | 2026-03-09T14:00:00-04:00
  America/New_York | 2026-03-09T14:01-04:00 | 2026-03-10 | 2026-03-11 | 2026-03-10T14:00:00-04:00
  Europe/Berlin    | 2026-12-31T14:00+01:00 | 2026-12-31 | 2027-01-01 | 2026-12-31T14:00:00+01:00
  Asia/Tokyo       | 2026-12-31T06:01+01:00 | 2027-01-01 | 2027-01-04 | 2027-01-01T14:00:00+09:00
  Pacific/Auckland | 2026-12-30T17:00-08:00 | 2026-12-31 | 2027-01-01 | 2026-12-31T14:00:00+13:00
"""


@pytest.mark.parametrize(("zone", "ordered", "ships", "arrives", "until"), rows(MINUTES))
def test_the_cutoff_is_kept_to_the_minute(zone, ordered, ships, arrives, until) -> None:
    found = promise(node("N", timezone=zone), service(days=1), demand("A1"), at(ordered))
    assert found == Promise("SHIP", "standard", ships, arrives, cutoff=until)


# capacity | taken on per day             | ships, ordered on Wed 10 June | pickup ready
CAPACITIES = """
  0        | 2026-06-10=99                | 2026-06-10 | 2026-06-10T11:00:00+02:00
  2        |                              | 2026-06-10 | 2026-06-10T11:00:00+02:00
  2        | 2026-06-10=1                 | 2026-06-10 | 2026-06-10T11:00:00+02:00
  2        | 2026-06-10=2                 | 2026-06-11 | 2026-06-11T10:00:00+02:00
  2        | 2026-06-10=2 2026-06-11=3    | 2026-06-12 | 2026-06-12T10:00:00+02:00
  1        | 2026-06-10=1 2026-06-11=1 2026-06-12=1 | 2026-06-15 | 2026-06-15T10:00:00+02:00
"""


@pytest.mark.parametrize(("capacity", "taken", "ships", "ready"), rows(CAPACITIES))
def test_work_starts_on_the_first_day_with_capacity_left(capacity, taken, ships, ready) -> None:
    place = node("N", daily_capacity=int(capacity))
    load = {("N", day): int(n) for day, n in (cell.split("=") for cell in taken.split())}
    net = Network((), {}, load={**load, ("M", "2026-06-10"): 9})
    shipped = promise(place, service(), demand("A1"), NOW, network=net)
    collected = promise(place, None, demand("A1", method="PICKUP", node="N"), NOW, network=net)
    assert shipped is not None
    assert collected is not None
    assert (shipped.ship_by, collected.ready_by) == (ships, ready)


# service  | ordered                | ships
SERVICES = """
  standard | 2026-06-10T14:00+02:00 | 2026-06-10
  standard | 2026-06-10T14:01+02:00 | 2026-06-11
  express  | 2026-06-10T16:30+02:00 | 2026-06-10
  express  | 2026-06-10T16:31+02:00 | 2026-06-11
"""


@pytest.mark.parametrize(("name", "ordered", "ships"), rows(SERVICES))
def test_a_service_may_have_a_cutoff_of_its_own(name: str, ordered: str, ships: str) -> None:
    place = node("N", cutoffs={"express": "16:30"})
    found = promise(place, service(name), demand("A1", service=name), at(ordered))
    assert found is not None
    assert found.ship_by == ships


def test_what_arrives_is_received_before_it_is_sold() -> None:
    place = node("N", receive_days=2)
    found = promise(
        place, service(), demand("A1"), NOW, "2026-06-13"
    )  # a Saturday: taken in on Monday
    assert found is not None
    assert found.ship_by == "2026-06-17"


def test_nothing_leaves_before_its_release() -> None:
    asked = demand("A1 B1")
    lines = (asked.lines[0], replace(asked.lines[1], release_at="2026-06-20"))
    found = promise(node("N"), service(), replace(asked, lines=lines), NOW)
    assert found is not None
    assert found.ship_by == "2026-06-22"


# ordered                | supply     | ready                     | order within, until
PICKUPS = """
  2026-12-23T10:00+01:00 |            | 2026-12-23T11:30:00+01:00 | 2026-12-23T16:30:00+01:00
  2026-12-23T16:45+01:00 |            | 2026-12-24T10:30:00+01:00 | 2026-12-24T09:00:00+01:00
  2026-12-24T17:00+01:00 |            | 2026-12-28T10:30:00+01:00 | 2026-12-28T09:00:00+01:00
  2026-12-23T10:00+01:00 | 2026-12-29 | 2026-12-29T10:30:00+01:00 | 2026-12-29T09:00:00+01:00
"""


@pytest.mark.parametrize(("ordered", "supply", "ready", "until"), rows(PICKUPS))
def test_an_express_pickup_is_ready_inside_opening_hours(ordered, supply, ready, until) -> None:
    store = node("S", holidays="DE", prep_minutes=90)
    wanted = demand("A1", method="PICKUP", node="S")
    found = promise(store, None, wanted, at(ordered), supply, network=CHRISTMAS)
    assert found == Promise("PICKUP", "express", ready_by=ready, cutoff=until)


def test_parts_together_arrive_with_the_last_and_order_by_the_first_cutoff() -> None:
    berlin = Promise("SHIP", ship_by="2026-06-10", deliver_by="2026-06-15",
                     cutoff="2026-06-10T14:00:00+02:00")  # fmt: skip
    new_york = Promise("SHIP", ship_by="2026-06-11", deliver_by="2026-06-12",
                       cutoff="2026-06-10T09:00:00-04:00", confidence="LOW")  # fmt: skip
    assert overall([berlin, new_york]) == Promise(
        "SHIP",
        ship_by="2026-06-11",
        deliver_by="2026-06-15",
        cutoff="2026-06-10T14:00:00+02:00",
        confidence="LOW",
    )
    assert overall([]) is None


def test_a_degraded_promise_is_late_enough_and_says_so() -> None:
    now = at("2026-06-10T23:30+00:00")
    assert degraded("SHIP", now, 7, "express") == Promise(
        "SHIP", "express", deliver_by="2026-06-17", confidence="LOW"
    )
    assert degraded("PICKUP", now, 2).ready_by == "2026-06-12T23:30:00+00:00"


SUPPLIES = (
    Supply("po1", "A", "DC", 3, "2026-06-15"),
    Supply("po2", "A", "S", 5, "2026-06-22"),
    Supply("old", "A", "DC", 99, "2026-05-01"),
)


# missing | waiting | delivered
BACKORDERS = """
  A3      | 0       | 2026-06-16
  A4      | 0       | 2026-06-23
  A3      | 1       | 2026-06-23
  A8      | 0       | 2026-06-23
  A9      | 0       |
  A1 B1   | 0       |
"""


@pytest.mark.parametrize(("missing", "waiting", "delivered"), rows(BACKORDERS))
def test_a_backorder_waits_for_the_receipt_that_covers_it(missing, waiting, delivered) -> None:
    net = network([node("DC"), node("S")], "", supplies=SUPPLIES, waiting={"A": int(waiting)})
    wanted = demand(missing)
    short = {line.sku: len(line.units) for line in wanted.lines}
    found = backorder_promise(net, wanted, short, [service()], NOW)
    assert (found.deliver_by if found else "") == delivered
    assert found is None or found.confidence == "LOW"


def test_a_pickup_backorder_counts_what_arrives_at_that_store_only() -> None:
    net = network([node("DC"), node("S")], "", supplies=SUPPLIES)
    wanted = demand("A2", method="PICKUP", node="S")
    found = backorder_promise(net, wanted, {"A": 2}, [], NOW)
    assert found is not None
    assert found.ready_by == "2026-06-22T10:00:00+02:00"


def test_no_backorder_where_no_carrier_goes() -> None:
    net = network([node("DC")], "", supplies=SUPPLIES)
    wanted = demand("A1", country="JP")
    found = backorder_promise(net, wanted, {"A": 1}, [service(zones="domestic")], NOW)
    assert found is None
