"""Documents of goods on their way: what is received, what is still expected, what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import IdempotencyConflict, IllegalTransition, ValidationFailed
from oms.domain.stock_lifecycles import DocumentStatus
from oms.domain.supplying import notices, receiving
from oms.domain.supplying.document import (
    ArrivalDiscrepancy,
    DocumentKind,
    DocumentLine,
    SupplyDocument,
    close_short,
)
from oms.domain.supplying.expecting import difference, expected
from oms.domain.supplying.receiving import Arrival

NOTICE, PURCHASE_ORDER, TRANSFER = (
    DocumentKind.NOTICE,
    DocumentKind.PURCHASE_ORDER,
    DocumentKind.TRANSFER,
)
OVER, SHORT = ArrivalDiscrepancy.OVER, ArrivalDiscrepancy.SHORT


def doc(kind: DocumentKind = PURCHASE_ORDER, status: str = "SENT", **more: Any) -> SupplyDocument:
    lines = (DocumentLine("A", 10), DocumentLine("B", 5))
    return SupplyDocument("1", kind, "N", "S", "2026-12-01", lines, DocumentStatus(status), **more)


def receive(given: SupplyDocument, *arrivals: Arrival, id: str = "r") -> receiving.Received:
    return receiving.receive(given, id, arrivals, name="PO#1", actor="t")


def test_a_partial_receipt_leaves_the_rest_expected() -> None:
    part = receive(doc(), Arrival("A", 4, {"DAMAGED": 2, SHORT: 1}), Arrival("B", 5))
    assert part.doc.status == "PARTIAL"
    a, b = part.doc.lines
    assert (a.received, a.outstanding, b.outstanding) == (4, 3, 0)
    found = [(m.sku, m.on_hand, dict(m.unavailable), m.available) for m in part.movements]
    assert found == [("A", 6, {"damaged": 2}, 4), ("B", 5, {}, 5)]
    assert [(row.sku, row.quantity) for row in expected(part.doc, "PO#1")] == [("A", 3)]
    last = receive(part.doc, Arrival("A", 3, {OVER: 2}), id="r2")
    assert (last.doc.status, last.movements[0].on_hand) == ("RECEIVED", 5)
    assert expected(last.doc, "PO#1") == ()


def test_a_receipt_happens_once_and_its_id_stands_for_one() -> None:
    first = receive(doc(), Arrival("A", 4)).doc
    again = receive(first, Arrival("A", 4))
    assert (again.doc, again.movements) == (first, ())
    with pytest.raises(IdempotencyConflict):
        receive(first, Arrival("A", 5))


@pytest.mark.parametrize(
    ("arrival", "field"),
    [
        (Arrival("C", 1), "/lines/0/sku"),
        (Arrival("A", 11), "/lines/0/received"),
        (Arrival("A", 9, {"WRONG_ITEM": 2}), "/lines/0/received"),
        (Arrival("A", 1, {OVER: 1}), "/lines/0/discrepancies"),
        (Arrival("A"), "/lines/0"),
    ],
)
def test_a_receipt_that_does_not_fit_names_its_field(arrival: Arrival, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        receive(doc(), arrival)
    assert list(refused.value.fields) == [field]


def test_what_did_not_come_will_not_come() -> None:
    ended = close_short(receive(doc(), Arrival("A", 4)).doc)
    assert ended.status == "CLOSED_SHORT"
    assert [dict(line.discrepancies) for line in ended.lines] == [{SHORT: 6}, {SHORT: 5}]
    assert expected(ended, "PO#1") == ()
    with pytest.raises(IllegalTransition):
        receive(ended, Arrival("A", 1), id="late")


@pytest.mark.parametrize(
    ("kind", "status", "units"),
    [
        (PURCHASE_ORDER, "DRAFT", 0),
        (PURCHASE_ORDER, "SENT", 15),
        (NOTICE, "ANNOUNCED", 15),
        (TRANSFER, "READY", 0),
        (TRANSFER, "IN_TRANSIT", 15),
        (TRANSFER, "CANCELLED", 0),
    ],
)
def test_only_what_is_coming_is_supply(kind: str, status: str, units: int) -> None:
    assert sum(row.quantity for row in expected(doc(kind, status), "X")) == units


def test_confidence_and_receiving_days_are_told_with_the_supply() -> None:
    row = expected(doc(confidence=75, receive_days=2), "PO#1")[0]
    assert (row.quantity, row.sure, row.eta, row.ready) == (10, 7, "2026-12-01", "2026-12-03")


def test_another_date_moves_every_row() -> None:
    before = doc()
    gone, new = difference(expected(before, "X"), expected(replace(before, eta="2026-12-09"), "X"))
    assert [row.eta for row in gone] == ["2026-12-01"] * 2
    assert [row.eta for row in new] == ["2026-12-09"] * 2


def test_a_notice_takes_over_what_it_names_and_gives_back_what_it_did_not_bring() -> None:
    notice = replace(doc(NOTICE, "ANNOUNCED"), id="n", lines=(DocumentLine("A", 6),))
    order = notices.announce(doc(), notice)
    assert order.lines[0].outstanding == 4
    came = receive(notice, Arrival("A", 5))
    order = notices.arrived(order, came.arrivals)
    assert (order.status, order.lines[0].received, order.lines[0].announced) == ("PARTIAL", 5, 1)
    order = notices.withdrawn(order, came.doc)
    assert (order.lines[0].announced, order.lines[0].outstanding) == (0, 5)
    with pytest.raises(ValidationFailed) as refused:
        notices.announce(order, replace(notice, lines=(DocumentLine("A", 6),)))
    assert list(refused.value.fields) == ["/lines/0/quantity"]


ARRIVALS = st.builds(
    Arrival,
    st.just("A"),
    st.integers(0, 6),
    st.dictionaries(st.sampled_from(tuple(ArrivalDiscrepancy)), st.integers(1, 4), max_size=3),
)


@given(st.lists(ARRIVALS, max_size=8))
def test_units_are_conserved_whatever_is_said(arrivals: list[Arrival]) -> None:
    """expected = settled + outstanding; what was booked is what was said to be there."""
    now, booked = replace(doc(), lines=(DocumentLine("A", 10),)), 0
    for n, arrival in enumerate(arrivals):
        try:
            step = receive(now, arrival, id=f"r{n}")
        except (ValidationFailed, IllegalTransition):
            continue
        now, booked = step.doc, booked + sum(move.on_hand for move in step.movements)
    (line,) = now.lines
    assert line.expected == line.settled + line.outstanding
    assert line.outstanding >= 0
    there = sum(line.discrepancies.get(why, 0) for why in (OVER, "DAMAGED", "QUALITY"))
    assert booked == line.received + there
    assert (now.status == "RECEIVED") == (line.outstanding == 0)
