"""Late counts: what lay there once, and what it is worth now."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.errors import ValidationFailed
from oms.domain.limits.stock import MAX_FLOWS
from oms.domain.model.flows import WINDOW_S, Flow, merged_flows, moved_since
from oms.domain.model.stock_item import Movement, StockItem, apply
from oms.domain.stock import counting

T = 1_795_508_400


def moved(item: StockItem, at: int, units: int) -> StockItem:
    kind = "RECEIVE" if units > 0 else "SHIP"
    return apply(item, Movement("m", kind, item.sku, item.node, abs(units), on_hand=units, at=at))


def counted(item: StockItem, id: str, units: int, as_of: int, now: int) -> StockItem:
    if counting.judged(item, id, as_of) != counting.CountVerdict.BOOK:
        return item
    return apply(item, counting.count(id, item, units, as_of=as_of, now=now, actor="test"))


@pytest.mark.parametrize(
    ("then", "found", "on_hand"),
    [
        (T - 60, 10, 10 - 2 + 5),  # before everything: both moved since
        (T - 30, 10, 10 - 2 + 5),  # in the second of the shipment: gone since, to be safe
        (T - 29, 8, 8 + 5),
        (T - 10, 13, 13),  # in the second of the receipt: counted already
        (T, 13, 13),
    ],
)
def test_a_late_count_does_not_add_again_what_was_sold_since(
    then: int, found: int, on_hand: int
) -> None:
    item = moved(moved(StockItem("A", "N", on_hand=10), T - 30, -2), T - 10, 5)
    assert counted(item, "c", found, then, T).on_hand == on_hand


@given(st.data())
def test_counts_in_any_order_end_at_what_lies_there(data: st.DataObject) -> None:
    seconds = data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=12, unique=True))
    steps = {T + 2 * s: data.draw(st.integers(-3, 5)) or 1 for s in seconds}
    times = data.draw(st.lists(st.integers(0, 41), min_size=1, max_size=5, unique=True))
    start = 50
    item = StockItem("A", "N", on_hand=start)
    for at, units in sorted(steps.items()):
        item = moved(item, at, units)
    truth = item.on_hand
    for s in data.draw(st.permutations(times)):
        as_of = T + 2 * s + 1  # between the movements
        lay = start + sum(units for at, units in steps.items() if at <= as_of)
        item = counted(item, f"c{s}", lay, as_of, T + 100)
        assert item.on_hand == truth
    again = counted(item, f"c{times[0]}", 7, T + 2 * times[0] + 1, T + 200)
    assert again == item, "an older count, or the same one again, changes nothing"


def test_counts_of_the_same_second_end_the_same_whatever_their_order() -> None:
    ends = set()
    for order in (("a", "b"), ("b", "a"), ("a", "b", "a")):
        item = StockItem("A", "N")
        for id in order:
            item = counted(item, id, {"a": 3, "b": 9}[id], T, T)
        ends.add(item.on_hand)
    assert len(ends) == 1


@pytest.mark.parametrize("as_of", [T + counting.CLOCKS_DIFFER_S + 1, T - WINDOW_S - 1])
def test_a_time_that_cannot_be_understood_is_refused(as_of: int) -> None:
    with pytest.raises(ValidationFailed) as refused:
        counting.check_time(as_of, T)
    assert list(refused.value.fields) == ["/as_of"]


def flows(units: int) -> tuple[Flow, ...]:
    rng = random.Random(units)
    times = rng.sample(range(T - WINDOW_S, T), units)
    return tuple(Flow(at, rng.choice([-1, -2, 3])) for at in times)


@pytest.mark.parametrize("units", [25, 100, 1_000, 20_000])
def test_merged_flows_are_few_and_never_say_too_much(units: int) -> None:
    exact = flows(units)
    few = merged_flows(exact, 0, T)
    assert len(few) <= MAX_FLOWS * 3
    assert moved_since(few, T - WINDOW_S) <= sum(f.quantity for f in exact)
    for as_of in range(T - WINDOW_S, T, 1_237):
        assert moved_since(few, as_of) <= moved_since(exact, as_of)


def test_merging_again_keeps_every_unit() -> None:
    exact = tuple(Flow(T - n * 7, -1) for n in range(1, 2_000))
    once = merged_flows(exact, 0, T)
    twice = merged_flows((*once, Flow(T + 1, -1)), 0, T + 7_200)
    assert sum(flow.quantity for flow in twice) == -2_000


def test_flows_before_the_count_that_holds_are_forgotten() -> None:
    item = moved(moved(StockItem("A", "N", on_hand=10), T - 30, -2), T - 10, -1)
    after = counted(item, "c", 8, T - 20, T)
    assert (after.on_hand, after.flows) == (7, (Flow(T - 10, -1),))
