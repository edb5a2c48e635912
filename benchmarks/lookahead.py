"""Sourcing that looks ahead against sourcing that does not, on the instances of the literature.

`sourcing.p75`: each node carries an item with probability 0.75; 20 instances, three sequences of
10,000 arrivals each. A policy's figure is its cost over all of them relative to the hindsight
bound. `ours`: scarcity prices computed once; `ours_resolved`: again five times on the way;
`ours_learnt`: also, but the only forecast is what was ordered so far; `ours_forecast`: and in the
same time before, as the product forecasts.
`sourcing.big`: 99 regions, 10 nodes, 100 items, up to 10 a basket; a linear program is too large
there, so the bound is that of the prices themselves (weak duality) for the arrivals as they came.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from time import perf_counter

from benchmarks.figure import Figure
from benchmarks.hindsight import hindsight
from benchmarks.instances import BIG, SMALL, Arrival, Instance, arrivals, instance
from benchmarks.policies import Ahead, Choice, Outcome, baskets_of, cheapest, nearest, serve
from oms.domain.sourcing.duals import PER_MILLE, scarcity_prices

INSTANCES, SEQUENCES, RESOLVES = 20, 3, 5
EARLIER = 100  # sequences that came before those that are served
PROCESSES = min(2, os.cpu_count() or 1)
POLICIES = ("nearest", "greedy", "ours", "ours_resolved", "ours_learnt", "ours_forecast")
AT_MOST = {
    f"sourcing.{name}.{policy}": bound
    for name, bound in (("p75", 1.030), ("p50", 1.012))
    for policy in ("ours_resolved", "ours_forecast")
}
TIMED_ORDERS = 2_000

Counted = Counter[tuple[int, int]]


def p75() -> Iterator[Figure]:
    return small("sourcing.p75", 0.75)


def p50() -> Iterator[Figure]:
    return small("sourcing.p50", 0.50)


def small(name: str, carried: float) -> Iterator[Figure]:
    jobs = [(seed, carried) for seed in range(1, INSTANCES + 1)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        runs = [run for found in pool.starmap(compared, jobs, chunksize=1) for run in found]
    for policy in POLICIES:
        yield from _figures(f"{name}.{policy}", [(found[policy], bound) for bound, found in runs])


def _figures(name: str, found: list[tuple[Outcome, float]]) -> Iterator[Figure]:
    """The mean over runs: each counts the same, however many orders it had."""
    ratio = sum(outcome.cost / bound for outcome, bound in found) / len(found)
    split = sum(outcome.split_rate for outcome, _ in found) / len(found)
    boxes = sum(outcome.boxes_per_order for outcome, _ in found) / len(found)
    yield Figure(name, ratio, "of the hindsight bound", AT_MOST.get(name), digits=4)
    yield Figure(f"{name}.split_rate", 100 * split, "%", digits=1)
    yield Figure(f"{name}.boxes_per_order", boxes, "boxes", digits=3)


def compared(seed: int, carried: float) -> list[tuple[float, dict[str, Outcome]]]:
    """One instance: for each sequence the bound and each policy's outcome."""
    made = instance(seed, carried)
    ahead = Ahead(made)
    first = ahead([list(row) for row in made.stock], 0, Counter())
    found = []
    for sequence in range(1, SEQUENCES + 1):
        coming = arrivals(made, sequence)
        before = counted(arrivals(made, EARLIER + sequence))
        found.append((hindsight(made, counted(coming)), outcomes(made, coming, first, before)))
    return found


def outcomes(
    made: Instance, coming: list[Arrival], first: list[list[int]], before: Counted
) -> dict[str, Outcome]:
    exact: Choice = partial(cheapest, made.opening)
    return {
        "nearest": serve(made, coming, nearest),
        "greedy": serve(made, coming, exact),
        "ours": serve(made, coming, exact, Ahead(made, first=first)),
        "ours_resolved": serve(made, coming, exact, Ahead(made, first=first), RESOLVES),
        "ours_learnt": serve(made, coming, exact, Ahead(made, known=False), RESOLVES),
        "ours_forecast": serve(
            made, coming, exact, Ahead(made, known=False, before=before), RESOLVES
        ),
    }


def counted(coming: list[Arrival]) -> Counted:
    return Counter(order for order in coming if order)


def big() -> Iterator[Figure]:
    made = instance(1, 0.75, BIG)
    coming = arrivals(made, 1)
    exact: Choice = partial(cheapest, made.opening)
    with get_context("spawn").Pool(PROCESSES) as pool:
        bounded = pool.apply_async(least, (made, counted(coming)))
        resolved = serve(made, coming, exact, Ahead(made), RESOLVES)
        greedy = serve(made, coming, exact)
        bound = bounded.get()
    yield from _figures("sourcing.big.greedy", [(greedy, bound)])
    yield from _figures("sourcing.big.ours_resolved", [(resolved, bound)])
    saved = 100 * (greedy.cost - resolved.cost) / greedy.cost
    yield Figure("sourcing.big.saved", round(saved, 1), "% of the cost of greedy")


def least(made: Instance, orders: Counted) -> float:
    """No way of serving these very orders costs less."""
    return scarcity_prices(baskets_of(made, dict(orders)), made.stock).bound / PER_MILLE


def us_per_order() -> Iterator[Figure]:
    """One decision of `cheapest_set` at scarcity prices; the best of five rounds."""
    made = instance(1, 0.75, SMALL)
    prices = Ahead(made)(made.stock, 0, Counter())
    orders = [order for order in arrivals(made, 1) if order][:TIMED_ORDERS]
    best = min(_timed(made, orders, prices) for _ in range(5))
    yield Figure("sourcing.us_per_order", round(best / len(orders) * 1e6, 1), "µs")


def _timed(made: Instance, orders: list[tuple[int, int]], prices: list[list[int]]) -> float:
    began = perf_counter()
    for q, j in orders:
        cheapest(made.opening, made.types[q], made.unit[j], made.stock, prices)
    return perf_counter() - began
