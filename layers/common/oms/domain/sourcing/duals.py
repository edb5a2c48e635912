"""Scarcity prices: what one unit of a SKU at a node is worth beyond its cost, since later orders
will want it there (the dual price of that stock; "shadow cost").

An order's way of being served is a *method*: which node gives which line. Over the orders that are
expected, choose methods of least total cost such that no stock is used up twice. Charging each
unit a price λ instead of limiting it (the Lagrangian of that problem) leaves every order on its
own: it takes the set of nodes that is cheapest at cost + λ, which is `cheapest_set`, the very
decision that is taken when a real order comes. Prices are raised where the expected orders would
use more than there is and lowered, to 0 at least, where they would use less:

    λ ← max(0, λ + step · g / √Σg²)    g = expected use − stock, Σ over the rounds so far

This is a projected subgradient method with the step sizes of Duchi, Hazan and Singer, "Adaptive
Subgradient Methods" (JMLR 2011); the mean over the second half of the rounds is the answer. It
needs no solver and no float: costs are integers in any one unit, expectations are thousandths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isqrt

from .cheapest_set import NEVER, cheapest_set, givers

ROUNDS = 100
RESTART_ROUNDS = 30  # rounds are enough where the start is the last answer
# of what a shipment costs to open, in the first round: from nothing, and from the last answer
STEP_PER_MILLE, RESTART_STEP_PER_MILLE = 150, 50
PER_MILLE = 1000
PLENTY = 10**9  # units: as good as no limit

# node → SKU (both by their place) → integer
Table = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class ExpectedBasket:
    """An order that is expected `expected` thousandths of a time.

    Line x asks for `quantities[x]` of SKU number `skus[x]`. Node number `nodes[n]` may serve it:
    all of line x costs `costs[n][x]` from there, `NEVER` where it may not, and any shipment costs
    `opening[n]`.
    """

    skus: tuple[int, ...]
    quantities: tuple[int, ...]
    nodes: tuple[int, ...]
    opening: tuple[int, ...]
    costs: tuple[tuple[int, ...], ...]
    expected: int


@dataclass(frozen=True, slots=True)
class DualPrices:
    """`prices[node][sku]`, and a `bound`, in thousandths: no way of serving the baskets from this
    stock costs less. `rounds`: how many there were time for.
    """

    prices: list[list[int]]
    bound: int
    rounds: int = 0


def _always() -> bool:
    return True


def scarcity_prices(
    baskets: Sequence[ExpectedBasket],
    stock: Table,
    *,
    start: Table | None = None,
    rounds: int = 0,
    more: Callable[[], bool] = _always,
) -> DualPrices:
    """`stock[node][sku]` in units; `start` are prices to go on from. `more` is asked before each
    round but the first: when there is no time left, the prices of the best bound so far are the
    answer, or their mean since half of the rounds.
    """
    served = list(_possible(baskets, stock))
    cells = _wanted(served)
    rounds = rounds or (RESTART_ROUNDS if start else ROUNDS)
    step = _step(served, RESTART_STEP_PER_MILLE if start else STEP_PER_MILLE)
    prices = [list(row) for row in start] if start else _zeros(stock)
    squares, sums = _zeros(stock), _zeros(stock)
    best, bound, number = prices, 0, 0
    while number < rounds and (not number or more()):
        used = _zeros(stock)
        cost = sum(basket.expected * _take(basket, prices, used) for basket in served)
        worth = sum(prices[k][sku] * stock[k][sku] for k, sku in cells)
        if cost - PER_MILLE * worth > bound:
            bound = cost - PER_MILLE * worth
            best = [list(row) for row in prices] if number <= rounds // 2 else best
        for k, sku in cells:
            over = used[k][sku] - PER_MILLE * stock[k][sku]
            if over:
                squares[k][sku] += over * over
                moved = prices[k][sku] + step * over // isqrt(squares[k][sku])
                prices[k][sku] = max(0, moved)
            if number >= rounds // 2:
                sums[k][sku] += prices[k][sku]
        number += 1
    kept = number - rounds // 2
    mean = [[value // kept for value in row] for row in sums] if kept > 0 else best
    return DualPrices(mean, bound, number)


def _zeros(like: Table) -> list[list[int]]:
    return [[0] * len(row) for row in like]


def _wanted(baskets: Sequence[ExpectedBasket]) -> list[tuple[int, int]]:
    """The (node, SKU) that some basket could use; the others have no price."""
    found = {
        (k, sku)
        for each in baskets
        for k, row in zip(each.nodes, each.costs, strict=True)
        for sku, cost in zip(each.skus, row, strict=True)
        if cost < NEVER
    }
    return sorted(found)


def _possible(baskets: Sequence[ExpectedBasket], stock: Table) -> Iterator[ExpectedBasket]:
    """The baskets as the stock there is can serve them; without those that it cannot."""
    for each in baskets:
        served = []
        for k, opening, row in zip(each.nodes, each.opening, each.costs, strict=True):
            on_hand = stock[k]
            pairs = zip(row, each.skus, strict=True)
            costs = tuple(cost if on_hand[sku] > 0 else NEVER for cost, sku in pairs)
            if min(costs) < NEVER:
                served.append((k, opening, costs))
        if each.expected and served:
            nodes, openings, rows = zip(*served, strict=True)
            if all(min(line) < NEVER for line in zip(*rows, strict=True)):
                yield replace(each, nodes=nodes, opening=openings, costs=rows)


def _step(baskets: Sequence[ExpectedBasket], per_mille: int) -> int:
    """That share of what a shipment costs, on average."""
    weight = sum(each.expected for each in baskets)
    opening = sum(each.expected * min(each.opening) for each in baskets)
    return max(1, opening * per_mille // (PER_MILLE * max(1, weight)))


def _take(basket: ExpectedBasket, prices: Table, used: list[list[int]]) -> int:
    """The cost of the basket's cheapest set at these prices; adds to `used` what it takes."""
    lines = tuple(zip(basket.skus, basket.quantities, strict=True))
    columns = [
        [cost + row[sku] * n for cost, (sku, n) in zip(costs, lines, strict=True)]
        for costs, row in zip(basket.costs, [prices[k] for k in basket.nodes], strict=True)
    ]
    cost, chosen = cheapest_set(basket.opening, columns)
    for (sku, quantity), n in zip(lines, givers(columns, chosen), strict=True):
        used[basket.nodes[n]][sku] += basket.expected * quantity
    return cost
