"""The ledger of an item folds back to its balance, whatever happened to it (I2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model import fulfilment as fo
from oms.domain.model.stock_item import (
    Movement,
    StockItem,
    apply,
    entry_quantity,
    problems,
    unbalanced,
)
from oms.domain.stock import ledger as f
from oms.domain.stock import movements as m
from oms.domain.stock.counting import count

SKU, NODE = "A", "dc"
UNITS = st.integers(1, 9)
REASONS = st.sampled_from([fo.NOT_IN_STOCK, fo.MISMATCH, fo.DAMAGED, fo.NO_VARIANCE])
BY = {"cause": "return:o/1", "actor": "ann"}


def line(item: StockItem, move: Movement) -> f.LedgerLine:
    """What the lake keeps of a movement that left the item so."""
    after = f.balance_of(item) | {"available": item.available}
    return f.LedgerLine(
        item.version, m.deltas_of(move), after, move.kind, move.id, move.because, "ann"
    )


@st.composite
def stories(draw: st.DrawFn) -> tuple[StockItem, list[f.LedgerLine]]:
    """An item after up to thirty movements of any kind, each possible when it came."""
    item, lines = StockItem(SKU, NODE), []
    for n in range(draw(st.integers(1, 30))):
        move = draw(st.sampled_from(possible(item, n, draw)))
        assert unbalanced(move) == []
        if move.need is None or item.available >= move.need:
            item = apply(item, move)
            lines.append(line(item, move))
    return item, lines


def possible(item: StockItem, n: int, draw: st.DrawFn) -> list[Movement]:
    q, claim = draw(UNITS), f"O{n}.1"
    here = (SKU, NODE)
    found = [
        m.receive(f"r{n}", *here, q, cause="", actor="ann"),
        m.adjust(f"a{n}", *here, draw(st.integers(-5, 5)), cause="found", actor="ann"),
        count(f"c{n}", item, draw(st.integers(0, 40)), as_of=0, now=n + 1, actor="ann"),
        m.return_receive(f"rr{n}", *here, q, **BY),
        m.late_ship(claim, *here, q),
        m.allocate(claim, *here, q),
        m.soft_hold(f"C{n}.0", *here, q),
    ]
    waiting = item.unavailable.get("quarantine", 0)
    if waiting:
        how = draw(st.sampled_from(["RESTOCK", "DESTROY", "QUARANTINE"]))
        found.append(m.dispose(f"d{n}", *here, draw(st.integers(1, waiting)), how, **BY))
    for held, entry in item.claims.items():
        found += after_claim(item, held, entry, n, draw)
    return found


def after_claim(item: StockItem, claim: str, entry: str, n: int, draw: st.DrawFn) -> list[Movement]:
    here, held = (SKU, NODE), entry_quantity(entry)
    if entry.startswith("H"):
        commit = m.commit_soft(f"O{n}.1", *here, draw(UNITS), cart=claim, held=held)
        return [commit, m.soft_release(claim, *here, held)]
    if entry.startswith("S"):
        back = m.unprepare(claim, *here, held, n)
        return [m.ship(claim, *here, held), m.restow(claim, *here, held), back]
    got = draw(st.integers(0, held - 1))
    short = m.short_pick(claim, item, got, held - got, draw(REASONS))
    return [m.prepare(claim, *here, held), m.deallocate(claim, *here, held), short]


@given(stories(), st.randoms())
def test_the_ledger_folds_to_the_balance_in_whatever_order_it_is_read(story, random) -> None:
    item, lines = story
    shuffled = [*lines, *lines]  # delivered twice
    random.shuffle(shuffled)
    folded, wrong = f.fold(shuffled)
    assert wrong == []
    assert folded == f.LedgerBalance(item.version, f.balance_of(item))
    assert f.available(folded.balance) == item.available
    assert [p for p in problems(item) if "claims say" in p] == []


@given(stories(), st.data())
def test_folding_goes_on_from_where_it_stopped(story, data) -> None:
    _, lines = story
    cut = data.draw(st.integers(0, len(lines)))
    at, wrong = f.fold(lines[:cut])
    again, more = f.fold(lines, at)
    assert (wrong, more) == ([], [])
    assert again == f.fold(lines)[0]


@given(st.integers(1, 9), st.integers(1, 9))
def test_what_a_refused_order_took_from_its_cart_goes_back(quantity: int, held: int) -> None:
    item = StockItem(SKU, NODE, on_hand=20, soft=held, claims={"C.0": f"H{held}"})
    taken = m.commit_soft("O.1", SKU, NODE, quantity, cart="C.0", held=held)
    after = apply(apply(item, taken), m.undo(taken))
    assert replace(after, version=0) == item


LINES = [
    f.LedgerLine(1, {"on_hand": 5}, {"on_hand": 5, "available": 5}, "RECEIVE", "r1", "PO", "ann"),
    f.LedgerLine(2, {"allocated": 2}, {"on_hand": 5, "allocated": 2, "available": 3}, "ALLOCATE", "o.1",
           "order:o/1", "web"),
]  # fmt: skip

WRONG = {
    "a version is missing": (lambda: [LINES[1]], "version", 1, 2),
    "a bucket moved by itself": (
        lambda: [LINES[0], replace(LINES[1], after=LINES[1].after | {"on_hand": 6, "available": 4})],
        "on_hand", 5, 6,
    ),
    "available is not what is left": (
        lambda: [replace(LINES[0], after={"on_hand": 5, "available": 4})], "available", 5, 4,
    ),
    "nobody did it": (lambda: [replace(LINES[0], by="")], "by of version 1", "a value", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_add_up_is_told_with_both_values(name: str) -> None:
    lines, what, expected, found = WRONG[name]
    assert f.fold(lines())[1] == [f.LedgerDifference(what, expected, found)]


def test_a_movement_that_moves_more_than_its_claim_is_no_movement() -> None:
    honest = m.allocate("o.1", SKU, NODE, 3)
    assert unbalanced(replace(honest, allocated=4)) == ["allocated 4, claims say 3"]
    assert unbalanced(replace(honest, soft=1)) == ["soft 1, claims say 0"]
