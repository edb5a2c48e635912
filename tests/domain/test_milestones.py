"""Milestones counted back from the promise, and how promises are measured against what happened."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.model.promise import Promise
from oms.domain.preparing.deadlines import milestone
from oms.domain.preparing.milestones import milestones
from oms.domain.publishing.promise_accuracy import MeasuredPromise, measured
from tests.fakes.networks import at, node

HOLIDAYS = {"DE": frozenset({"2026-12-25"})}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


# ships      | prep days | latest accept          | latest pack            | latest ship
SHIPPING = """
  2026-06-10 | 0         | 2026-06-10T17:00+02:00 | 2026-06-10T17:30+02:00 | 2026-06-10T18:00+02:00
  2026-06-10 | 1         | 2026-06-09T17:00+02:00 | 2026-06-10T17:30+02:00 | 2026-06-10T18:00+02:00
  2026-06-15 | 1         | 2026-06-12T17:00+02:00 | 2026-06-15T17:30+02:00 | 2026-06-15T18:00+02:00
  2026-12-28 | 2         | 2026-12-23T17:00+01:00 | 2026-12-28T17:30+01:00 | 2026-12-28T18:00+01:00
  2026-03-30 | 1         | 2026-03-27T17:00+01:00 | 2026-03-30T17:30+02:00 | 2026-03-30T18:00+02:00
  2026-06-13 | 0         | 2026-06-12T17:00+02:00 | 2026-06-12T17:30+02:00 | 2026-06-12T18:00+02:00
"""


@pytest.mark.parametrize(("ships", "prep", "accept", "pack", "leave"), rows(SHIPPING))
def test_the_chain_is_walked_backwards(ships, prep, accept, pack, leave) -> None:
    place = node("N", holidays="DE", prep_days=int(prep), accept_timeout_s=3600)
    found = milestones(Promise("SHIP", ship_by=ships, deliver_by="2027-01-01"), place, HOLIDAYS)
    assert found is not None
    assert (found.accept, found.pack, found.leave) == (at(accept), at(pack), at(leave))
    assert found.route == at(accept) - 3600


def test_half_of_the_time_until_a_pickup_is_ready_is_for_accepting_it() -> None:
    ready = Promise("PICKUP", ready_by="2026-06-10T12:00:00+02:00")
    found = milestones(ready, node("S", prep_minutes=90), {})
    assert found is not None
    assert (found.accept, found.leave) == (
        at("2026-06-10T11:15+02:00"),
        at("2026-06-10T12:00+02:00"),
    )
    assert milestones(Promise("PICKUP"), node("S"), {}) is None


# status      | has to be done by
TRAVELLING = """
  PACKED      | 2026-06-11T00:00+00:00
  IN_TRANSFER | 2026-06-12T10:00+02:00
  ARRIVED     | 2026-06-12T10:00+02:00
"""


@pytest.mark.parametrize(("status", "done_by"), rows(TRAVELLING))
def test_what_travels_to_a_store_has_to_leave_and_then_to_be_ready(status, done_by) -> None:
    promise = Promise("PICKUP", "ship_to_store", "2026-06-10", ready_by="2026-06-12T10:00:00+02:00")
    part = FulfilmentOrder("O", 1, "DC", "PICKUP", {}, {}, status=status, promise=promise, to="S")
    assert milestone(part) == at(done_by)


WHEN = at("2026-06-12T10:00+00:00")
MEASURED: list[tuple[str, dict[str, Any], MeasuredPromise | None]] = [
    ("deliver", {"promise": {"deliver_by": "2026-06-12"}}, MeasuredPromise("2026-06-12", 0)),
    ("deliver", {"promise": {"deliver_by": "2026-06-10"}}, MeasuredPromise("2026-06-10", 2)),
    ("deliver", {"promised": "2026-06-15", "promise": {"deliver_by": "2026-06-10"}},
     MeasuredPromise("2026-06-15", -3)),
    ("deliver", {"promised": "2026-06-11",
                 "packages": [{"scan_at": WHEN - 86_400}, {"scan_at": 1}]},
     MeasuredPromise("2026-06-11", 0)),
    ("shelve", {"promise": {"ready_by": "2026-06-11T12:00:00+02:00"}},
     MeasuredPromise("2026-06-11", 1)),
    ("ship", {"promise": {"deliver_by": "2026-06-12"}}, None),
    ("deliver", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("event", "row", "expected"), MEASURED)
def test_a_promise_is_measured_against_when_it_was_there(event, row, expected) -> None:
    assert measured(event, {**row, "last": {"at": WHEN}}) == expected


def test_late_is_broken_early_is_kept() -> None:
    assert [MeasuredPromise("", days).outcome for days in (-1, 0, 1)] == ["KEPT", "KEPT", "BROKEN"]
