"""Carrier scans: in order, out of order, twice, late, about parcels that are not ours."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from oms.domain.model import fulfilment as fo
from oms.domain.model.fulfilment import Package
from oms.domain.model.shipping import TrackingUpdate
from oms.usecases.preparing.track_parcel import track_parcel
from tests.usecases.staff_floor import Floor, floor_with


def track(floor: Floor, update: TrackingUpdate) -> tuple[str, tuple[str, ...]]:
    tracked = track_parcel(update, deps=floor.deps)
    return tracked.outcome, tracked.events


# state before  | scan             | events
FIRST = [
    (fo.READY_TO_SHIP, "PRE_TRANSIT", ("track",)),
    (fo.READY_TO_SHIP, "IN_TRANSIT", ("ship", "track")),
    (fo.READY_TO_SHIP, "OUT_FOR_DELIVERY", ("ship", "track")),
    (fo.READY_TO_SHIP, "DELIVERED", ("ship", "deliver")),
    (fo.READY_TO_SHIP, "FAILURE", ("ship", "fail_delivery")),
    (fo.SHIPPED, "PRE_TRANSIT", ("track",)),
    (fo.SHIPPED, "IN_TRANSIT", ("track",)),
    (fo.SHIPPED, "DELIVERED", ("deliver",)),
    (fo.SHIPPED, "FAILURE", ("fail_delivery",)),
    (fo.SHIPPED, "RETURN_TO_SENDER", ("fail_delivery",)),
    (fo.DELIVERY_FAILED, "DELIVERED", ("deliver",)),
    (fo.DELIVERY_FAILED, "FAILURE", ("track",)),
    (fo.DELIVERED, "FAILURE", ("track",)),
    (fo.CANCELLED, "IN_TRANSIT", ("late_ship", "track")),
    (fo.CANCELLED, "PRE_TRANSIT", ("track",)),
]


@pytest.mark.parametrize(("state", "status", "events"), FIRST)
def test_a_scan_moves_its_part_once(state: str, status: str, events: tuple[str, ...]) -> None:
    with floor_with(state) as floor:
        assert track(floor, floor.scan(status)) == ("APPLIED", events)
        part = floor.part
        assert (part.packages[0].scan, part.tracking_status) == (status, status)
        assert track(floor, floor.scan(status)) == ("OLD_NEWS", ())
        assert floor.part == part


def test_an_older_scan_never_replaces_a_newer_one() -> None:
    with floor_with(fo.SHIPPED) as floor:
        track(floor, floor.scan("OUT_FOR_DELIVERY", 60))
        assert track(floor, floor.scan("FAILURE", 30)) == ("OLD_NEWS", ())
        assert floor.part.tracking_status == "OUT_FOR_DELIVERY"


def test_at_the_same_moment_delivered_wins() -> None:
    with floor_with(fo.SHIPPED) as floor:
        track(floor, floor.scan("FAILURE"))
        assert track(floor, floor.scan("DELIVERED")) == ("APPLIED", ("deliver",))
        assert track(floor, floor.scan("FAILURE")) == ("OLD_NEWS", ())


def test_an_older_scan_still_tells_that_the_part_left() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        track(floor, floor.scan("PRE_TRANSIT", 60))
        assert track(floor, floor.scan("IN_TRANSIT", 30)) == ("APPLIED", ("ship",))


@pytest.mark.parametrize("seed", range(8))
def test_scans_in_any_order_and_number_end_the_same(seed: int) -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        words = ("PRE_TRANSIT", "IN_TRANSIT", "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED")
        scans = [floor.scan(word, at) for at, word in enumerate(words)]
        shuffled = random.Random(seed).sample([*scans, *scans], 10)
        for update in shuffled:
            track(floor, update)
        assert (floor.part.status, floor.part.tracking_status) == (fo.DELIVERED, "DELIVERED")
        assert [kind for kind in floor.kinds() if kind in ("ship", "deliver")] == [
            "ship",
            "deliver",
        ]


def test_a_crash_between_shipped_and_delivered_is_healed_by_the_same_scan() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        update = floor.scan("DELIVERED")
        floor.act("ship")
        assert track(floor, update) == ("APPLIED", ("deliver",))


def test_staff_who_ship_after_the_carrier_did_hear_that_it_is_shipped() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        track(floor, floor.scan("IN_TRANSIT"))
        assert floor.act("ship").status == fo.SHIPPED


def test_a_part_is_delivered_with_its_last_package() -> None:
    with floor_with(fo.PICKED) as floor:
        floor.act("pack", packages=(Package(1, 1200), Package(2, 800)))
        floor.act("label")
        assert track(floor, floor.scan("DELIVERED", 1, package=2)) == ("APPLIED", ("ship", "track"))
        assert track(floor, floor.scan("FAILURE", 2)) == ("APPLIED", ("fail_delivery",))
        assert track(floor, floor.scan("DELIVERED", 3)) == ("APPLIED", ("deliver",))


def test_what_moves_although_cancelled_becomes_a_case_and_stays_cancelled() -> None:
    with floor_with(fo.CANCELLED) as floor:
        track(floor, floor.scan("DELIVERED"))
        assert (floor.part.status, floor.part.flags) == (fo.CANCELLED, {"SHIPPED_AFTER_CANCEL"})
        assert [case["sk"] for case in floor.order.cases] == ["CASE#SHIPPED_AFTER_CANCEL#01"]


def test_a_failed_delivery_becomes_a_case() -> None:
    with floor_with(fo.SHIPPED) as floor:
        track(floor, floor.scan("FAILURE"))
        track(floor, floor.scan("FAILURE"))
        assert [case["sk"] for case in floor.order.cases] == ["CASE#DELIVERY_FAILED#01"]


def test_an_open_cancel_request_is_refused_by_the_carriers_first_scan() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        floor.ask_to_cancel()
        track(floor, floor.scan("IN_TRANSIT"))
        assert (floor.part.request, floor.part.due) == ("CANCEL_REFUSED", None)


def test_a_word_that_says_nothing_changes_nothing() -> None:
    with floor_with(fo.SHIPPED) as floor:
        assert track(floor, floor.scan("LUNCH_BREAK", 99)) == ("OLD_NEWS", ())
        assert track(floor, floor.scan("DELIVERED", 1)) == ("APPLIED", ("deliver",))


REFERENCES = [
    "",
    "something",
    "0123456789ABCDEF:capture:1",
    "0123456789ABCDEF:label",
    "0123456789ABCDEF:label:1:x",
    "0123456789ABCDEF:label:7:1",
    "FEDCBA9876543210:label:1:1",
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_parcel_that_is_not_ours_is_told_apart(reference: str) -> None:
    with floor_with(fo.SHIPPED) as floor:
        update = replace(floor.scan("DELIVERED"), reference=reference)
        assert track(floor, update) == ("NOT_OURS", ())
        assert floor.part.status == fo.SHIPPED


def test_a_reference_of_ours_with_a_foreign_number_is_not_believed() -> None:
    with floor_with(fo.SHIPPED) as floor:
        update = replace(floor.scan("DELIVERED"), tracking="TA0000000000000000")
        assert track(floor, update) == ("NOT_OURS", ())


def test_the_carrier_knows_the_reference_of_what_it_sold() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        packed = [entry.version for entry in floor.part.timeline if entry.kind == "pack"]
        assert floor.scan("IN_TRANSIT").reference == f"{floor.part.order_id}:label:1:1:{packed[0]}"
        scan = {"event_id": "1", "tracking": "X", "status": "", "at": "2026-11-24T10:00:00Z"}
        assert floor.heard({**scan, "reference": "theirs"})[0].reference == "theirs"
