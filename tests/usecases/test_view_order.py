"""Who sees what of an order; and what customer service can do for it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from oms.contracts.order_shown import order_view
from oms.contracts.order_view import OrderView
from oms.domain.errors import IllegalTransition, NotFound, ValidationFailed
from oms.domain.ids import order_id
from oms.domain.limits.orders import MAX_ATTEMPTS
from oms.domain.model.fulfilment import Package
from oms.domain.model.order import Hold
from oms.domain.orders.reader_view import CUSTOMER, GUEST, SERVICE, STAFF
from oms.domain.timeline import Entry
from oms.usecases.serving.deps import Serving
from oms.usecases.serving.grant_attempt import grant_attempt
from oms.usecases.serving.list_orders import list_orders
from oms.usecases.serving.release_hold import release_hold
from oms.usecases.serving.resolve_case import resolve_case
from oms.usecases.serving.view_order import view_order
from tests.bundles import bundle
from tests.cloud import NOW, World
from tests.usecases.orders import CUSTOMER as WHO
from tests.usecases.orders import HOME, ID, order, part, payment, returned, write

READERS = (CUSTOMER, GUEST, STAFF, SERVICE)
PARCEL = (Package(1, 900, tracking="TR123", carrier="tariff"),)
HOLD = Hold("ADDRESS", "house number missing")


def example(world: World) -> None:
    """One part shipped, one on the pickup shelf, money taken, told, doubted, and asked back."""
    parts = (
        part(1, "SHIPPED", {1: "0-1"}, packages=PARCEL),
        part(2, "READY_FOR_PICKUP", {1: "2"}, node="store-paris", code="4711"),
    )
    write(
        world,
        order(
            parts=parts,
            payments=(payment(captured=4258),),
            returns=(returned(1, {1: "0"}, money="DUE", amount=1999),),
            holds=(HOLD,),
        ),
    )
    said = {"status": "SHIPPED", "part": 1, "at": NOW + 5, "subject": "sent", "body": "Hello Zoé"}
    world.orders.put_message(ID, "SHIPPED", 1, {**said, "locale": "en"})
    world.orders.open_case(ID, "SOURCING", 5, {"reason": "ATTEMPTS_EXHAUSTED", "at": NOW})


def view(world: World, reader: str, *nodes: str) -> dict[str, Any]:
    here = frozenset(nodes or ("dc-lille",))
    found = view_order(ID, reader=reader, nodes=here, deps=bundle(Serving, world))
    return order_view(found).model_dump()


def test_everybody_sees_the_progress(world: World) -> None:
    example(world)
    for reader in READERS:
        _shows_the_progress(view(world, reader))


def _shows_the_progress(shown: dict[str, Any]) -> None:
    OrderView.model_validate(shown)
    json.dumps(shown)
    assert shown["status"] == "IN_FULFILMENT"
    assert (shown["customer_status"], shown["partial"]) == ("SUPPORT_WAITING", True)
    assert shown["status_text"] == "awaiting preparation (1 of 3 shipped)"
    assert [(p["number"], p["status"]) for p in shown["parts"]] == [
        (1, "SHIPPED"),
        (2, "READY_FOR_PICKUP"),
        (0, "SUPPORT_WAITING"),
    ]
    assert shown["parts"][0]["packages"] == [
        {"number": 1, "carrier": "tariff", "tracking": "TR123"}
    ]
    assert shown["parts"][2]["lines"] == [{"line": 2, "sku": "SKU-002", "quantity": 1}]
    assert shown["lines"][0]["quantities"] == {
        "ordered": 3,
        "unsourced": 0,
        "backordered": 0,
        "allocated": 0,
        "picked": 0,
        "packed": 1,
        "shipped": 2,
        "cancelled": 0,
        "delivered": 0,
        "returned": 1,
    }
    assert shown["placed_at"] == "2026-11-24T08:20:00Z"
    assert shown["may_cancel"]


def test_the_timeline_is_one(world: World) -> None:
    example(world)
    told = [(h["of"], h["number"], h["event"]) for h in view(world, CUSTOMER)["timeline"]]
    assert told == [
        ("order", 0, "placed"),
        ("order", 0, "confirm"),
        ("return", 1, "request"),
        ("fulfilment", 1, "assign"),
        ("fulfilment", 2, "assign"),
        ("message", 1, "SHIPPED"),
    ]


# path in the answer → who sees it
VISIBLE = [
    ("totals", {CUSTOMER, SERVICE}),
    ("payment", {CUSTOMER, SERVICE}),
    ("holds", {STAFF, SERVICE}),
    ("cases", {SERVICE}),
    ("customer.email", {CUSTOMER, SERVICE}),
    ("customer.phone", {CUSTOMER, SERVICE}),
    ("customer.name", set(READERS)),
    ("ship_to.city", set(READERS)),
    ("ship_to.line1", {CUSTOMER, STAFF, SERVICE}),
    ("ship_to.phone", {CUSTOMER, SERVICE}),
    ("lines.0.total", {CUSTOMER, SERVICE}),
    ("parts.0.node", {STAFF, SERVICE}),
    ("parts.0.fulfilment", {STAFF, SERVICE}),
    ("parts.1.pickup_code", {CUSTOMER, SERVICE}),
    ("returns.0.amount", {CUSTOMER, SERVICE}),
    ("timeline.1.actor", {SERVICE}),
]


def test_each_reader_sees_what_concerns_them(world: World) -> None:
    example(world)
    shown = {reader: view(world, reader) for reader in READERS}
    for path, readers in VISIBLE:
        assert {reader for reader in READERS if _at(shown[reader], path)} == readers, path


def _at(shown: Any, path: str) -> Any:
    for step in path.split("."):
        shown = shown[int(step)] if step.isdigit() else (shown or {}).get(step)
    return shown


def test_a_guest_reads_first_name_and_city_and_nothing_else_of_a_person(world: World) -> None:
    example(world)
    text = json.dumps(view(world, GUEST), ensure_ascii=False)
    assert {"Zoé", "Paris"} <= set(text.replace('"', " ").replace(",", " ").split())
    surname = WHO.name.split()[1]
    for secret in (surname, WHO.email, WHO.phone, HOME.line1, HOME.postal_code, "4711", "10987"):
        assert secret not in text


def test_payment_says_what_is_owed(world: World) -> None:
    example(world)
    paid = view(world, SERVICE)["payment"]
    assert (paid["authorised"], paid["charged"]) == ("FULL", "PARTIAL")
    assert (paid["captured"], paid["target"]) == (4258, 10987 - 1999)


def test_staff_elsewhere_do_not_learn_that_it_exists(world: World) -> None:
    example(world)
    assert view(world, STAFF, "store-paris")["id"] == ID
    with pytest.raises(NotFound):
        view(world, STAFF, "store-lyon")


def test_a_customers_orders_come_newest_first_page_by_page(world: World) -> None:
    for number in range(5):
        one = order("RECEIVED")
        id = order_id("web", f"W{number}")
        agreed = replace(one.snapshot, id=id, external_id=f"W{number}", placed_at=NOW + number)
        world.orders.create(agreed, Entry(1, "placed", NOW))
    seen, start = [], None
    while True:
        page, start = list_orders("web", "c-1", limit=2, start=start, deps=bundle(Serving, world))
        seen += [(found.snapshot.external_id, standing.status) for found, standing in page]
        if start is None:
            break
        with pytest.raises(ValidationFailed):
            list_orders("web", "c-2", limit=2, start=start, deps=bundle(Serving, world))
        with pytest.raises(ValidationFailed):
            list_orders(
                "web", "c-1", limit=2, start={"pk": start["pk"]}, deps=bundle(Serving, world)
            )
    assert seen == [(f"W{n}", "SUPPORT_WAITING") for n in (4, 3, 2, 1, 0)]
    assert list_orders("web", "c-2", limit=2, start=None, deps=bundle(Serving, world)) == ([], None)


def test_a_hold_is_released_once(world: World) -> None:
    example(world)
    first = release_hold(ID, "ADDRESS", actor="csr", deps=bundle(Serving, world, now=NOW))
    again = release_hold(ID, "ADDRESS", actor="csr", deps=bundle(Serving, world, now=NOW + 1))
    assert first.state.holds == ()
    assert first.state == again.state == world.orders.get(ID).state
    assert first.state.timeline[-1].kind == "release_hold"
    with pytest.raises(NotFound):
        release_hold(ID, "FRAUD", actor="csr", deps=bundle(Serving, world, now=NOW))


def test_more_attempts_are_granted_once_for_each_time_it_is_stuck(world: World) -> None:
    given_back = tuple(part(n, "REJECTED", {1: "0"}) for n in range(1, MAX_ATTEMPTS + 3))
    write(world, order(parts=given_back, payments=(payment(),)))
    first = grant_attempt(ID, actor="ops", deps=bundle(Serving, world, now=NOW))
    again = grant_attempt(ID, actor="ops", deps=bundle(Serving, world, now=NOW))
    assert first.state.granted == again.state.granted == 3
    assert first.state.timeline[-1].kind == "grant"


def test_nothing_is_granted_to_an_order_that_is_not_stuck(world: World) -> None:
    write(world, order(parts=(part(1, "ACCEPTED"),), payments=(payment(),)))
    with pytest.raises(IllegalTransition):
        grant_attempt(ID, actor="ops", deps=bundle(Serving, world, now=NOW))


def test_the_first_resolution_of_a_case_stands(world: World) -> None:
    example(world)
    resolve = {"orders": world.orders, "now": NOW, "actor": "csr"}
    first = resolve_case(ID, ("SOURCING", 5), "called the store", **resolve)
    again = resolve_case(ID, ("SOURCING", 5), "something else", **resolve)
    assert first == again == world.orders.case(ID, "SOURCING", 5)
    assert (first["status"], first["note"]) == ("RESOLVED", "called the store")
    (case,) = view(world, SERVICE)["cases"]
    assert (case["kind"], case["part"], case["status"]) == ("SOURCING", 5, "RESOLVED")
    with pytest.raises(NotFound):
        resolve_case(ID, ("SOURCING", 6), "", **resolve)
