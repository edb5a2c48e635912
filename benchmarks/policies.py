"""Serve the arrivals of an instance one by one, and add up what it costs.

`nearest` gives each item to the nearest node that has it. `cheapest` is the product's decision
(`oms.domain.sourcing.cheapest_set`) at cost plus scarcity prices; without prices it is the exact
greedy policy. How prices come about is up to the run; `Ahead` is the product's way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.instances import Arrival, Instance
from oms.domain.sourcing.cheapest_set import NEVER, cheapest_set, givers
from oms.domain.sourcing.duals import PER_MILLE, ExpectedBasket, scarcity_prices

Table = Sequence[Sequence[int]]
# (items, region, stock, prices) → the node of each item
Choice = Callable[[Sequence[int], Sequence[int], Table, Table], list[int]]


@dataclass(slots=True)
class Outcome:
    cost: int = 0
    orders: int = 0
    boxes: int = 0
    split: int = 0

    @property
    def boxes_per_order(self) -> float:
        return self.boxes / self.orders

    @property
    def split_rate(self) -> float:
        return self.split / self.orders


def free(made: Instance) -> list[list[int]]:
    return [[0] * len(row) for row in made.stock]


@dataclass(slots=True)
class Ahead:
    """Prices for what is still expected, from rates known beforehand, or learnt (`known` False):
    then the orders seen so far, and those `before`, are all that is known of those to come.
    """

    made: Instance
    known: bool = True
    first: list[list[int]] | None = None  # prices at the start, when computed before
    before: Counter[tuple[int, int]] | None = None  # orders of the same time before, known at once
    last: list[list[int]] | None = None

    def __call__(self, stock: Table, now: int, seen: Counter[tuple[int, int]]) -> list[list[int]]:
        if not self.known and not now and not self.before:
            return free(self.made)
        if not now and self.first:
            self.last = self.first
            return self.first
        baskets = baskets_of(self.made, self._expected(now, seen))
        self.last = scarcity_prices(baskets, stock, start=self.last).prices
        return self.last

    def _expected(self, now: int, seen: Counter[tuple[int, int]]) -> dict[tuple[int, int], float]:
        left = self.made.arrivals - now
        if self.known:
            return {pair: left * rate for pair, rate in rates(self.made).items()}
        past = seen + (self.before or Counter())
        time = now + (self.made.arrivals if self.before else 0)
        return {pair: left * count / time for pair, count in past.items()}


def rates(made: Instance) -> dict[tuple[int, int], float]:
    return {
        (q, j): chance * share
        for q, chance in enumerate(made.odds)
        for j, share in enumerate(made.shares)
    }


def baskets_of(made: Instance, expected: dict[tuple[int, int], float]) -> list[ExpectedBasket]:
    return [
        ExpectedBasket(
            skus=made.types[q],
            quantities=(1,) * len(made.types[q]),
            opening=made.opening,
            nodes=tuple(range(len(made.opening))),
            costs=tuple((cost,) * len(made.types[q]) for cost in made.unit[j]),
            expected=round(PER_MILLE * times),
        )
        for (q, j), times in sorted(expected.items())
    ]


def nearest(items: Sequence[int], unit: Sequence[int], stock: Table, prices: Table) -> list[int]:
    nodes = range(len(unit))
    return [min(nodes, key=lambda k: (not stock[k][item], unit[k])) for item in items]


def cheapest(
    opening: Sequence[int], items: Sequence[int], unit: Sequence[int], stock: Table, prices: Table
) -> list[int]:
    columns = [
        [cost + price[i] if there[i] else NEVER for i in items]
        for cost, price, there in zip(unit, prices, stock, strict=True)
    ]
    return givers(columns, cheapest_set(opening, columns)[1])


@dataclass(slots=True)
class Run:
    """Until stock runs out somewhere or prices change, equal orders are decided equally; so a
    decision is kept that long.
    """

    made: Instance
    choice: Choice
    stock: list[list[int]]
    kept: dict[tuple[int, int], tuple[list[int], int, int]] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)

    def serve(self, order: tuple[int, int], prices: Table) -> None:
        if order not in self.kept:
            self.kept[order] = self._decided(order, prices)
        nodes, cost, boxes = self.kept[order]
        for item, node in zip(self.made.types[order[0]], nodes, strict=True):
            self.stock[node][item] -= 1
            if not self.stock[node][item]:
                self.kept = {}
        self.outcome.cost += cost
        self.outcome.orders += 1
        self.outcome.boxes += boxes
        self.outcome.split += boxes > 1

    def _decided(self, order: tuple[int, int], prices: Table) -> tuple[list[int], int, int]:
        items, unit = self.made.types[order[0]], self.made.unit[order[1]]
        nodes = self.choice(items, unit, self.stock, prices)
        opened = set(nodes)
        cost = sum(self.made.opening[k] for k in opened) + sum(unit[k] for k in nodes)
        return nodes, cost, len(opened)


def serve(
    made: Instance,
    coming: Iterable[Arrival],
    choice: Choice,
    pricing: Ahead | None = None,
    resolves: int = 0,
) -> Outcome:
    """`pricing` is asked at the start, and `resolves` times more at equal distances."""
    run = Run(made, choice, [list(row) for row in made.stock])
    asked = {made.arrivals * n // (resolves + 1) for n in range(resolves + 1)}
    prices: Table = free(made)
    seen: Counter[tuple[int, int]] = Counter()
    for now, order in enumerate(coming):
        if pricing and now in asked:
            prices, run.kept = pricing(run.stock, now, seen), {}
        if order:
            seen[order] += 1
            run.serve(order, prices)
    return run.outcome
