"""Where a claim goes, step by step, without a table."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from oms.domain.hot_stock.claiming import Belief, ClaimOutcome, Steps, claiming
from oms.domain.hot_stock.pages import LOT, Lease, Look, Mine, PageAnswer, Take, fresh
from oms.domain.model.stock_item import Pages, StockItem, apply
from oms.domain.stock import movements

SKU, NODE, NOW = "SKU-001", "dc-lille", 1_000
RUSH = Pages(hot=True, lot=LOT, last=9, leased_at=NOW)
CALM = replace(RUSH, leased_at=0)


def first(free: int, pages: Pages) -> StockItem:
    return StockItem(SKU, NODE, on_hand=free, pages=pages)


def page(number: int, left: int) -> StockItem:
    return StockItem(SKU, NODE, on_hand=left, location=number)


def asking(
    order: int, pages: Pages, belief: Belief | None = None, mine: Mine | None = None, units: int = 1
) -> Steps:
    move = movements.allocate(f"{order:016d}.1", SKU, NODE, units)
    return claiming(move, pages, mine, belief, worker="abc", now=NOW)


def refused(talk: Steps, seen: PageAnswer) -> ClaimOutcome:
    with pytest.raises(StopIteration) as end:
        talk.send(seen)
    assert isinstance(end.value.value, ClaimOutcome)
    assert end.value.value.refused
    return end.value.value


def test_what_was_just_seen_is_leased_without_a_look() -> None:
    assert isinstance(next(asking(1, CALM, Belief(LOT))), Lease)


def test_what_was_seen_a_moment_ago_is_looked_at_again() -> None:
    assert isinstance(next(asking(1, CALM, Belief(LOT, age_ms=500))), Look)
    assert isinstance(next(asking(1, CALM, None)), Look)


def test_where_there_is_plenty_an_old_look_will_do() -> None:
    assert isinstance(next(asking(1, CALM, Belief(10_000, age_ms=500))), Lease)


def test_a_look_that_finds_the_claim_finds_it_made() -> None:
    talk = asking(1, CALM, None)
    next(talk)
    claimed = apply(
        page(3, 5), replace(movements.allocate(f"{1:016d}.1", SKU, NODE, 1), location=3)
    )
    with pytest.raises(StopIteration) as end:
        talk.send(PageAnswer(True, items=(first(0, CALM), claimed)))
    outcome = end.value.value
    assert (outcome.made, outcome.refused, outcome.move.location) == (False, False, 3)


def test_who_sees_that_nobody_has_enough_writes_nothing() -> None:
    talk = asking(1, CALM, None, units=3)
    next(talk)
    refused(talk, PageAnswer(True, items=(first(2, CALM), page(3, 2), page(4, 0))))


def test_a_claim_on_page_0_of_a_hot_sku_is_counted() -> None:
    talk = asking(1, CALM, None)
    next(talk)
    step = talk.send(PageAnswer(True, items=(first(1, CALM),)))
    assert isinstance(step, Take)
    assert (step.move.location, step.counts) == (0, True)


def test_in_a_rush_nobody_takes_the_last_of_anothers_page() -> None:
    for order in range(50):
        talk = asking(order, RUSH, None)
        next(talk)
        refused(talk, PageAnswer(True, items=(first(0, RUSH), page(3, 1), page(4, 1))))
    talk = asking(1, CALM, None)
    next(talk)
    assert isinstance(talk.send(PageAnswer(True, items=(first(0, CALM), page(3, 1)))), Take)


def test_in_a_rush_as_many_try_as_can_succeed() -> None:
    tries = 0
    for order in range(900):
        talk = asking(order, RUSH, None)
        next(talk)
        with suppress(StopIteration):
            tries += isinstance(talk.send(PageAnswer(True, items=(first(3, RUSH),))), Take)
    assert 200 < tries < 400  # of nine rivals for three units, one in three


def test_who_took_from_anothers_page_looks_again_next_time() -> None:
    talk = asking(1, CALM, None)
    next(talk)
    step = talk.send(PageAnswer(True, items=(first(0, CALM), page(3, 5))))
    assert isinstance(step, Take)
    with pytest.raises(StopIteration) as end:
        talk.send(PageAnswer(True, item=apply(page(3, 5), step.move)))
    assert end.value.value.made
    assert end.value.value.mine is None


def test_the_own_page_is_used_up_first() -> None:
    step = next(asking(1, RUSH, Belief(10_000), Mine(7, 1)))
    assert isinstance(step, Take)
    assert (step.move.location, step.opens) == (7, 0)


def test_a_lot_that_was_recalled_before_its_first_claim_is_leased_anew() -> None:
    talk = asking(1, CALM, Belief(LOT * 5))
    lease = next(talk)
    after = first(LOT * 4, replace(CALM, last=10))
    step = talk.send(PageAnswer(True, item=after))
    assert isinstance(lease, Lease)
    assert isinstance(step, Take)
    assert (step.move.location, step.opens) == (10, LOT)
    emptied = replace(fresh(after, 10), on_hand=0)
    assert isinstance(talk.send(PageAnswer(False, item=emptied)), Lease)
