"""What the business counts: once for each thing that happened, however it came about."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.publishing.figures import counts_of
from oms.edge.streams import Change

Row = dict[str, Any]
WAITING = {"waiting": {"1": "0-1"}}
CASES: list[tuple[str, str, str, Row | None, Row, list[str]]] = [
    ("placed", "SNAPSHOT", "placed", None, {"channel": "web"}, ["Orders channel=web"]),
    ("placed, some waits", "SNAPSHOT", "placed", None, {"channel": "web", **WAITING},
     ["Orders channel=web", "Backorders"]),
    ("its first state says the same", "STATE", "confirm", None, {"status": "CONFIRMED", **WAITING},
     []),
    ("waits since a node failed", "STATE", "backorder", {}, WAITING, ["Backorders"]),
    ("waits still", "STATE", "fill_backorder", WAITING, {"waiting": {"1": "1"}}, []),
    ("declined", "PAY#01", "declined", None, {}, ["Payments event=declined"]),
    ("the order follows", "STATE", "decline", None, {"status": "CANCELLED"}, ["Cancellations"]),
    ("cancelled already", "STATE", "cancel", {"status": "CANCELLED"}, {"status": "CANCELLED"}, []),
    ("captured", "PAY#01", "captured", {}, {}, ["Payments event=captured"]),
    ("rejected", "FO#01", "reject", {}, {"reasons": {"1": "DAMAGED", "2": "DAMAGED"}},
     ["Rejects reason=DAMAGED"]),
    ("for several reasons", "FO#01", "reject", {}, {"reasons": {"1": "DAMAGED", "2": "WORN"}},
     ["Rejects reason=SEVERAL"]),
    ("nobody accepted", "FO#01", "expire", {}, {"reasons": {"1": "TIMEOUT"}},
     ["Rejects reason=TIMEOUT"]),
    ("all found", "FO#01", "pick", {}, {}, []),
    ("some not found", "FO#01", "pick", {}, {"reasons": {"1": "NOT_IN_STOCK"}},
     ["ShortPicks reason=NOT_IN_STOCK"]),
    ("accepted", "FO#01", "accept", {}, {}, []),
]  # fmt: skip


def change(sk: str, event: str, old: Row | None, new: Row, *, version: int = 3) -> Change:
    last = {"k": event, "at": 1, "by": "x"}
    before = None if old is None else {"v": 2, **old}
    return Change("1", "O#1", sk, before, {"v": version, "last": last, **new}, 1)


def told(of: Change) -> list[str]:
    return [
        " ".join([each.name, *(f"{name}={value}" for name, value in each.dimensions)])
        for each in counts_of(of)
    ]


@pytest.mark.parametrize(
    ("sk", "event", "old", "new", "counts"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_each_thing_that_happens_counts_once(
    sk: str, event: str, old: Row | None, new: Row, counts: list[str]
) -> None:
    assert told(change(sk, event, old, new)) == counts


def test_what_is_no_new_version_counts_nothing() -> None:
    again = change("FO#01", "reject", {}, {"reasons": {"1": "DAMAGED"}}, version=2)
    assert told(again) == []
    stock = {"v": 1, "av": 5, "last": {"k": "COUNT", "q": 5, "by": "ann"}}
    assert told(Change("1", "SKU#A", "NODE#x", None, stock, 1)) == []
