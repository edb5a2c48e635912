"""The sourcing benchmark: its instances, its bound, its policies, at a size that takes a moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

from benchmarks.hindsight import hindsight
from benchmarks.instances import SHIPMENT, SMALL, Instance, arrivals, instance
from benchmarks.lookahead import counted, least
from benchmarks.metros import CENTRES, METROS
from benchmarks.policies import Ahead, Outcome, cheapest, nearest, serve
from oms.domain.sourcing.duals import PLENTY

TINY = replace(SMALL, arrivals=800)


def made(seed: int = 1, carried: float = 0.75) -> Instance:
    return instance(seed, carried, TINY)


def test_a_seed_makes_the_same_instance_and_arrivals() -> None:
    assert made() == made()
    assert made(2) != made()
    assert arrivals(made(), 1) == arrivals(made(), 1) != arrivals(made(), 2)


def test_an_instance_is_as_the_papers_describe_it() -> None:
    found = made()
    assert len(found.types) == 25
    assert sorted({len(items) for items in found.types}) == [1, 2, 3, 4, 5]
    assert sum(found.odds) < 1
    assert abs(sum(found.shares) - 1) < 1e-9
    assert all(abs(row[-1] - 2 * max(row[:-1])) <= 2 for row in found.unit)
    carried = [units > 0 for row in found.stock[:-1] for units in row]
    assert 0.5 < sum(carried) / len(carried) < 0.95
    assert (len(METROS), len(CENTRES)) == (99, 10)


def test_stock_covers_what_the_nearest_node_is_asked_for() -> None:
    found = made()
    wanted = sum(chance * len(items) for chance, items in zip(found.odds, found.types, strict=True))
    assert 1 < sum(map(sum, found.stock[:-1])) / (found.arrivals * wanted) < 1.5


def test_the_bound_of_orders_that_fit_one_node_each_is_their_cost() -> None:
    found = replace(
        made(), types=((0, 1),), stock=((9, 9), (PLENTY,) * 2), opening=(SHIPMENT, 2 * SHIPMENT)
    )
    unit = ((50_000, 300_000),)
    bound = hindsight(replace(found, unit=unit), Counter({(0, 0): 4}))
    assert round(bound) == 4 * (SHIPMENT + 2 * 50_000)


def outcomes(seed: int, carried: float) -> tuple[float, dict[str, Outcome]]:
    found = made(seed, carried)
    coming = arrivals(found, 1)
    exact = partial(cheapest, found.opening)
    return hindsight(found, counted(coming)), {
        "nearest": serve(found, coming, nearest),
        "greedy": serve(found, coming, exact),
        "resolved": serve(found, coming, exact, Ahead(found), 2),
        "learnt": serve(found, coming, exact, Ahead(found, known=False), 2),
    }


def test_looking_ahead_beats_greedy_beats_nearest_and_none_the_bound() -> None:
    bound, found = outcomes(1, 0.75)
    costs = [found[name].cost for name in ("nearest", "greedy", "learnt", "resolved")]
    assert costs == sorted(costs, reverse=True)
    assert bound < costs[-1] < 1.08 * bound
    assert found["resolved"].split_rate < found["nearest"].split_rate
    assert len({outcome.orders for outcome in found.values()}) == 1


def test_the_bound_of_prices_holds_for_what_was_served() -> None:
    found = made(3, 0.5)
    coming = arrivals(found, 1)
    bound = least(found, counted(coming))
    outcome = serve(found, coming, partial(cheapest, found.opening), Ahead(found), 2)
    assert 0.9 * outcome.cost < bound < outcome.cost
