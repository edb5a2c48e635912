"""One event for each new version, none of it personal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oms.contracts.bus_events import contract_of
from oms.domain.publishing.events import event_of
from oms.domain.publishing.lake_lines import PERSONAL, impersonal, line_of
from oms.domain.timeline import Entry
from oms.edge.streams import Change
from oms.stores.dynamo.codec import encode
from oms.stores.nodes import keys
from tests.usecases.orders import CUSTOMER, HOME, ID, part, snapshot

LAST = {"k": "accept", "at": 100, "by": "ann"}


def change(sk: str = "FO#02", *, pk: str = f"O#{ID}", old: Any = None, **new: Any) -> Change:
    return Change("100", pk, sk, old, {"v": 3, "last": LAST} | new if new is not None else None, 90)


def stock(before: int | None, after: int, kind: str = "ALLOCATE") -> Change:
    old = None if before is None else {"v": 3, "av": before, "oh": before}
    last = {"k": kind, "id": "m-1", "q": 2, "by": "ann", "cause": "PO-7"}
    last |= {"d": {"al": 1, "un_damaged": 1}}
    new = {"v": 4, "av": after, "oh": after, "al": 1, "un_damaged": 1, "c": {"X.1": "A1"}}
    return Change("7", "SKU#SKU-001", "NODE#store-paris", old, new | {"last": last}, 90)


def test_a_transition_is_an_event_of_its_item_and_version() -> None:
    event = event_of(change(status="ACCEPTED", node="store-paris", method="SHIP"))
    assert event
    assert (event.id, event.type, event.at) == (f"O#{ID}|FO#02:3", "fulfilment.accepted", 100)
    assert event.detail == {
        "id": f"O#{ID}|FO#02:3",
        "order_id": ID,
        "number": 2,
        "event": "accepted",
        "version": 3,
        "at": 100,
        "by": "ann",
        "cause": "",
        "status": "ACCEPTED",
        "node": "store-paris",
        "method": "SHIP",
    }


def test_an_event_names_the_request_that_it_followed_from() -> None:
    event = event_of(change(last={**LAST, "c": "r-1"}))
    assert event
    assert event.detail["correlation_id"] == "r-1"
    assert contract_of(event.type).model_validate(dict(event.detail))


def test_a_purchase_order_says_so_and_other_parts_say_nothing() -> None:
    told = [event_of(change(node="drop-milano", purchase=yes)) for yes in (True, False)]
    assert [event.detail.get("purchase") for event in told if event] == [True, None]


def node_change(event: str, **new: Any) -> Change:
    last = {"k": event, "at": 100, "by": "ops"}
    row = {"v": 4, "last": last, "reason": "Mr Smith is ill", **new}
    return Change("1", "NODE#store-paris", keys.STANDING, None, row, 90)


def test_a_node_that_stops_or_opens_is_told_without_the_reason() -> None:
    event = event_of(node_change("pause", status="PAUSED", until=500))
    assert event
    assert (event.type, event.detail) == (
        "node.paused",
        {
            "id": "NODE#store-paris|NODE#:4",
            "node": "store-paris",
            "event": "paused",
            "status": "PAUSED",
            "until": 500,
            "version": 4,
            "at": 100,
            "by": "ops",
        },
    )
    contract_of(event.type).model_validate(dict(event.detail))
    opened = event_of(node_change("open"))
    assert opened
    assert (opened.type, opened.detail["status"]) == ("node.opened", "OPEN")
    assert event_of(node_change("looked", status="PAUSED")) is None


NOUNS = [
    ("SNAPSHOT", "placed", "order.placed", 0),
    ("STATE", "confirm", "order.confirmed", 0),
    ("FO#07", "accept", "fulfilment.accepted", 7),
    ("PAY#01", "captured", "payment.captured", 1),
    ("RETURN#03", "receive", "return.received", 3),
]


@pytest.mark.parametrize(("sk", "what", "type", "number"), NOUNS)
def test_each_noun_has_its_name(sk: str, what: str, type: str, number: int) -> None:
    event = event_of(change(sk, last={**LAST, "k": what}))
    assert event
    assert (event.type, event.detail["number"]) == (type, number)


SILENT = [
    change(last={**LAST, "k": "widen"}),
    change("STATE", last={**LAST, "k": "retry_sourcing"}),
    change("WAIT#ORDER"),
    change("MSG#SHIPPED#01"),
    change("CASE#SOURCING#05"),
    change(old={"v": 3}),
    Change("1", f"O#{ID}", "STATE", {"v": 1}, None, 90),
    Change("1", f"O#{ID}", "STATE", None, {"v": 1}, 90),
    Change("1", "SKU#A", "WAIT#00100", None, {"q": 1}, 90),
    Change("1", "MOVE#m-1", "MOVE", None, {"q": 1}, 90),
]


@pytest.mark.parametrize("quiet", SILENT, ids=lambda c: f"{c.pk[:4]}{c.sk}")
def test_other_rows_and_repeated_versions_are_not_told(quiet: Change) -> None:
    assert event_of(quiet) is None


STOCK = """
5    | 0  | ALLOCATE | stock_item.depleted
5    | -1 | COUNT    | stock_item.depleted
5    | 3  | ALLOCATE | -
0    | 4  | RECEIVE  | stock_item.replenished
-2   | 0  | RECEIVE  | stock_item.received
-    | 4  | RECEIVE  | stock_item.replenished
3    | 5  | RECEIVE  | stock_item.received
5    | 4  | ADJUST   | stock_item.adjusted
5    | 4  | COUNT    | stock_item.adjusted
0    | -1 | ALLOCATE | -
"""


@pytest.mark.parametrize("row", STOCK.strip().splitlines())
def test_only_notable_stock_is_told(row: str) -> None:
    before, after, kind, expected = (cell.strip() for cell in row.split("|"))
    event = event_of(stock(None if before == "-" else int(before), int(after), kind))
    if event:
        contract_of(event.type).model_validate(dict(event.detail))
    assert (event.type if event else "-") == expected


def test_stock_says_which_movement_it_was() -> None:
    event = event_of(stock(2, 0, "RECEIVE"))
    assert event
    assert event.detail["id"] == "SKU#SKU-001|NODE#store-paris:4"
    assert (event.detail["movement"], event.detail["available"]) == ("RECEIVE", 0)


def test_what_no_movement_did_is_a_line_that_moves_nothing() -> None:
    moved = stock(5, 3)
    assert moved.new
    merged = Change("8", moved.pk, moved.sk, moved.new, moved.new | {"fom1": 2}, 91)
    assert line_of(merged) is None, "flows that were merged"
    broken = Change("9", moved.pk, moved.sk, moved.new, moved.new | {"oh": 9}, 92)
    line = line_of(broken)
    assert line
    assert (line["id"], line["kind"]) == ("SKU#SKU-001|NODE#store-paris:4#9", "BY_HAND")
    assert (line["version"], line["deltas"], line["movement"]) == (4, {}, "")
    assert (line["before"]["on_hand"], line["after"]["on_hand"]) == (3, 9)
    assert event_of(broken) is None


def test_a_movement_is_a_line_of_the_ledger() -> None:
    line = line_of(stock(5, 3))
    assert line == {
        "id": "SKU#SKU-001|NODE#store-paris:4",
        "sku": "SKU-001",
        "node": "store-paris",
        "kind": "ALLOCATE",
        "movement": "m-1",
        "quantity": 2,
        "by": "ann",
        "cause": "PO-7",
        "at": 90,
        "version": 4,
        "deltas": {"allocated": 1, "un_damaged": 1},
        "before": {"on_hand": 5, "allocated": 0, "staged": 0, "soft": 0, "available": 5},
        "after": {
            "on_hand": 3, "allocated": 1, "staged": 0, "soft": 0, "available": 3, "un_damaged": 1,
        },
    }  # fmt: skip


def everything_personal() -> list[Change]:
    placed = {
        "cu": "web#zoe@mail.example",
        "at": 1,
        "tl": ["1|placed|1|channel:web|"],
        **encode(snapshot()),
    }
    noted = (Entry(1, "collect", 9, "ann", "handed to Zoé Durand, zoe@mail.example"),)
    shelved = encode(part(1, "PICKED_UP", code="4711", timeline=noted))
    message = {"subject": "Hello Zoé", "body": "Zoé Durand", "status": "SHIPPED", "part": 1}
    return [
        change("SNAPSHOT", **placed),
        change("FO#01", **shelved),
        change("MSG#SHIPPED#01", **message),
        change("RETURN#01", reasons={"1": "DAMAGED"}, note="Zoé says"),
    ]


@pytest.mark.parametrize("told", everything_personal(), ids=lambda c: c.sk)
def test_nothing_personal_leaves(told: Change) -> None:
    event, line = event_of(told), line_of(told)
    assert line
    text = json.dumps([line, event.detail if event else None], ensure_ascii=False)
    words = {*CUSTOMER.name.split(), CUSTOMER.email, CUSTOMER.phone, HOME.line1}
    assert not [word for word in {*words, "4711", "tok_visa"} if word in text]


def test_what_reports_need_stays() -> None:
    line = line_of(everything_personal()[0])
    assert line
    assert line["after"]["lines"][0]["sku"] == "SKU-001"
    assert line["after"]["means"] == {"kind": "card"}
    assert (line["order_id"], line["item"], line["event"]) == (ID, "SNAPSHOT", "accept")


def test_rows_that_serve_ourselves_are_no_lines() -> None:
    assert line_of(change("WAIT#ORDER", token="secret")) is None


def test_names_are_dropped_at_any_depth() -> None:
    nested = {"a": [{"code": 1, "b": {"token": 2, "c": 3}}], **dict.fromkeys(PERSONAL, "x")}
    assert impersonal(nested) == {"a": [{"b": {"c": 3}}]}


def test_the_lake_keeps_the_region_of_an_order_and_no_address() -> None:
    home = {"name": "Ada", "line1": "1 Rue", "country": "FR", "lat": "48.8571", "lon": "2.3622"}
    line = line_of(
        change("SNAPSHOT", v=1, last={"k": "placed", "at": 1, "by": "web"}, ship_to=home)
    )
    assert line is not None
    assert line["after"]["destination"] == {"country": "FR", "lat": "48.9", "lon": "2.4"}
    assert "Ada" not in str(line)
