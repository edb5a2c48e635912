"""The carrier that is run from a tariff: prices, labels bought once, verified scans."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import IdempotencyConflict, NotFound, Unauthenticated, ValidationFailed
from oms.domain.model.address import Address
from oms.domain.model.money import Money
from oms.domain.model.shipping import LabelRequest, Parcel
from oms.gateways.carriers.rates import check, offers, price, transit_days, zone
from oms.gateways.carriers.scans import MAX_EVENTS
from oms.gateways.carriers.tariff import TariffCarrier
from oms.gateways.carriers.tracking_number import check_digit, tracking_number
from tests.fakes.memory import InMemory


def is_tracking_number(text: str) -> bool:
    well_formed = re.fullmatch("[A-Z]{2}[0-9]{16}", text)
    return bool(well_formed) and check_digit(text[2:-1]) == text[-1]


def service(days: int, **zones: list[list[int]]) -> dict[str, Any]:
    lanes = {name: {"transit_days": days, "prices": prices} for name, prices in zones.items()}
    week = {"pickup_weekdays": [0, 1, 2, 3, 4], "delivery_weekdays": [0, 1, 2, 3, 4, 5]}
    return {"name": f"In {days} days", **week, "zones": lanes}


TARIFF: dict[str, Any] = {
    "id": "swift",
    "name": "Swift Parcel",
    "currency": "EUR",
    "region": ["AT", "DE", "FR"],
    "services": {
        "standard": service(
            3, domestic=[[2000, 490], [31500, 1290]], region=[[2000, 990]], world=[[500, 1990]]
        ),
        "express": service(1, domestic=[[5000, 1490]]),
    },
}
BERLIN = Address("Depot", "Am Tor 1", "Berlin", "DE", "10115")
PARIS = Address("Zoé", "1 rue A", "Paris", "FR", "75001")
REQUEST = LabelRequest("o1.1.1", "o1", "swift", "standard", BERLIN, PARIS, Parcel(1, 1_500))


def carrier(memory: InMemory | None = None) -> TariffCarrier:
    return TariffCarrier(TARIFF, memory or InMemory(), "secret")


LANES = [
    ("DE", "DE", "domestic"),
    ("US", "US", "domestic"),
    ("DE", "FR", "region"),
    ("FR", "CH", "world"),
    ("CH", "FR", "world"),
    ("US", "CA", "world"),
]


@pytest.mark.parametrize(("origin", "destination", "expected"), LANES)
def test_zone_follows_the_two_countries(origin: str, destination: str, expected: str) -> None:
    assert zone(TARIFF, origin, destination) == expected


PRICES = [
    ("standard", "domestic", 0, 490),
    ("standard", "domestic", 2000, 490),
    ("standard", "domestic", 2001, 1290),
    ("standard", "domestic", 31500, 1290),
    ("standard", "domestic", 31501, None),
    ("standard", "domestic", -1, None),
    ("express", "domestic", 5000, 1490),
    ("express", "region", 1, None),
    ("overnight", "domestic", 1, None),
]


@pytest.mark.parametrize(("name", "lane", "weight_g", "minor"), PRICES)
def test_price_is_of_the_first_band_that_holds_the_weight(
    name: str, lane: str, weight_g: int, minor: int | None
) -> None:
    assert offers(TARIFF, name, lane, weight_g) == (minor is not None)
    if minor is not None:
        assert price(TARIFF, name, lane, weight_g) == Money(minor, "EUR")
        return
    with pytest.raises(ValidationFailed) as caught:
        price(TARIFF, name, lane, weight_g)
    assert caught.value.fields


def test_transit_days_are_of_service_and_zone() -> None:
    assert transit_days(TARIFF, "standard", "region") == 3
    with pytest.raises(ValidationFailed):
        transit_days(TARIFF, "express", "world")


def test_a_tariff_that_could_not_be_used_is_refused() -> None:
    check(TARIFF)
    bad = service(-1, moon=[[1, 1]], world=[[2, 1], [1, 1]], region=[])
    bad["pickup_weekdays"] = [7]
    with pytest.raises(ValidationFailed) as caught:
        check({**TARIFF, "services": {"s": bad}})
    assert set(caught.value.fields) >= {
        "/services/s/pickup_weekdays",
        "/services/s/zones/moon",
        "/services/s/zones/world/prices",
        "/services/s/zones/region/prices",
        "/services/s/zones/world/transit_days",
    }


def test_a_label_is_bought_once_per_id() -> None:
    memory = InMemory()
    label = carrier(memory).buy_label(REQUEST)
    assert carrier(memory).buy_label(REQUEST) == label
    assert label.price == Money(990, "EUR")
    assert label.barcode == label.tracking
    assert is_tracking_number(label.tracking)
    assert carrier(memory).buy_label(replace(REQUEST, id="o1.1.2")).tracking != label.tracking


def test_an_id_is_for_one_parcel() -> None:
    swift = carrier()
    swift.buy_label(REQUEST)
    with pytest.raises(IdempotencyConflict):
        swift.buy_label(replace(REQUEST, parcel=Parcel(1, 1_501)))


def test_voiding_is_harmless_when_repeated_and_ends_the_id() -> None:
    swift = carrier()
    tracking = swift.buy_label(REQUEST).tracking
    swift.void_label(tracking)
    swift.void_label(tracking)
    with pytest.raises(IdempotencyConflict):
        swift.buy_label(REQUEST)
    with pytest.raises(NotFound):
        swift.void_label("SW0000000000000000")


def test_two_requests_that_meet_on_a_number_get_two() -> None:
    memory = InMemory()
    taken = tracking_number("swift", REQUEST.id)
    memory.put(f"label#{taken}", {"id": "somebody else"}, expected_version=0)
    label = carrier(memory).buy_label(REQUEST)
    assert label.tracking == tracking_number("swift", REQUEST.id, 1)
    assert carrier(memory).buy_label(REQUEST) == label


@given(st.text(max_size=40), st.integers(2, 17), st.integers(1, 9))
def test_the_check_digit_catches_every_mistyped_digit(id: str, place: int, by: int) -> None:
    number = tracking_number("swift", id)
    assert is_tracking_number(number)
    wrong = str((int(number[place]) + by) % 10)
    assert not is_tracking_number(number[:place] + wrong + number[place + 1 :])


@given(st.text(max_size=10))
def test_any_carrier_name_gives_two_letters(name: str) -> None:
    assert is_tracking_number(tracking_number(name, "x"))


def scan(**fields: Any) -> dict[str, Any]:
    at = "2026-11-23T10:15:00+01:00"
    made = {"event_id": "e1", "tracking": "SW1", "status": "IN_TRANSIT", "at": at, "place": "Köln"}
    return {**made, **fields}


def body_of(*events: dict[str, Any]) -> bytes:
    return json.dumps({"events": events}).encode()


def test_a_batch_of_scans_is_read_in_order() -> None:
    body = body_of(scan(), scan(event_id="e2", status="delivered", at="2026-11-24T09:00:00Z"))
    first, second = carrier().tracking(
        {"X-OMS-Signature": carrier().signed(body)["x-oms-signature"]}, body
    )
    assert (first.event_id, first.status, first.at, first.place) == (
        "e1",
        "IN_TRANSIT",
        1_795_425_300,
        "Köln",
    )
    assert (second.status, second.raw_status, second.at) == (
        "DELIVERED",
        "delivered",
        1_795_510_800,
    )


def test_an_unknown_status_keeps_its_raw_word() -> None:
    body = body_of(scan(status="Held at customs"))
    (update,) = carrier().tracking(carrier().signed(body), body)
    assert (update.status, update.raw_status) == ("UNKNOWN", "Held at customs")


@pytest.mark.parametrize(("told", "eta"), [("2026-11-26", "2026-11-26"), (None, "")])
def test_a_scan_may_name_the_day_it_is_expected_on(told: str | None, eta: str) -> None:
    body = body_of(scan(eta=told))
    (update,) = carrier().tracking(carrier().signed(body), body)
    assert update.eta == eta


BROKEN = [
    (b"{", ""),
    (b"[]", ""),
    (b"{}", "/events"),
    (body_of(scan(at="yesterday")), "/events/0/at"),
    (body_of(scan(at="2026-11-23T10:15:00")), "/events/0/at"),
    (body_of(scan(eta="soon")), "/events/0/eta"),
    (body_of(scan(), scan(tracking="")), "/events/1/tracking"),
    (body_of(scan(place="x" * 201)), "/events/0/place"),
    (body_of(*[scan()] * (MAX_EVENTS + 1)), "/events"),
    (b" " * 1_000_001, None),
]


@pytest.mark.parametrize(("body", "field"), BROKEN)
def test_unreadable_scans_are_refused_naming_the_field(body: bytes, field: str | None) -> None:
    with pytest.raises(ValidationFailed) as caught:
        carrier().tracking(carrier().signed(body), body)
    assert field is None or list(caught.value.fields) == [field]


@pytest.mark.parametrize("signature", ["", "0" * 64, "ü"])
def test_scans_with_a_bad_signature_are_not_believed(signature: str) -> None:
    with pytest.raises(Unauthenticated):
        carrier().tracking({"x-oms-signature": signature}, body_of(scan()))
    with pytest.raises(Unauthenticated):
        carrier().tracking({}, body_of(scan()))
