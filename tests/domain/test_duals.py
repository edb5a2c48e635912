"""Scarcity prices: where they are nothing, where they are something, what they bound."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from oms.domain.sourcing.cheapest_set import cheapest_set
from oms.domain.sourcing.duals import PER_MILLE, PLENTY, ExpectedBasket, scarcity_prices

BOX, NEAR, FAR = 900, 50, 150


def basket(skus: tuple[int, ...], *columns: int, times: int = 1) -> ExpectedBasket:
    """Each unit costs `columns[k]` from node k."""
    rows = tuple((cost,) * len(skus) for cost in columns)
    nodes, opening = tuple(range(len(columns))), (BOX,) * len(columns)
    return ExpectedBasket(skus, (1,) * len(skus), nodes, opening, rows, times * PER_MILLE)


def test_stock_that_lasts_has_no_price() -> None:
    priced = scarcity_prices([basket((0, 1), NEAR, FAR, times=10)], [[10, 10], [10, 10]])
    assert priced.prices == [[0, 0], [0, 0]]
    assert priced.bound == 10 * (BOX + 2 * NEAR) * PER_MILLE


def test_a_unit_that_saves_a_later_order_a_box_is_kept_for_it() -> None:
    """Node 0 is nearest to all and has ten of SKU 0; ten orders want it with SKU 1, which only
    node 0 has. Ten others want it alone, and node 1 could serve them for 100 more.
    """
    both, alone = basket((0, 1), NEAR, FAR, times=10), basket((0,), NEAR, FAR, times=10)
    stock = [[10, 10], [10, 0]]
    prices = scarcity_prices([both, alone], stock).prices
    assert FAR - NEAR < prices[0][0] < BOX
    assert cheapest_set((BOX, BOX), [[NEAR], [FAR]])[1] == (0,)
    assert cheapest_set((BOX, BOX), [[NEAR + prices[0][0]], [FAR + prices[1][0]]])[1] == (1,)


def test_prices_go_on_from_the_last_ones() -> None:
    orders = [basket((0, 1), NEAR, FAR, times=10), basket((0,), NEAR, FAR, times=10)]
    stock = [[10, 10], [10, 0]]
    first = scarcity_prices(orders, stock)
    again = scarcity_prices(orders, stock, start=first.prices)
    assert again.bound >= first.bound * 99 // 100
    assert FAR - NEAR < again.prices[0][0] < BOX


def test_prices_that_are_cut_short_are_those_of_the_best_bound_so_far() -> None:
    orders = [basket((0, 1), NEAR, FAR, times=10), basket((0,), NEAR, FAR, times=10)]
    stock = [[10, 10], [10, 0]]
    bounds = []
    for rounds in (1, 5, 20, 80):
        turns = iter([True] * (rounds - 1) + [False])
        found = scarcity_prices(orders, stock, more=lambda turns=turns: next(turns))  # type: ignore[misc]
        assert found.rounds == rounds
        bounds.append(found.bound)
    assert bounds == sorted(bounds)
    assert bounds[0] < bounds[-1]
    assert found.prices[0][0] > FAR - NEAR


def test_a_node_without_limit_has_no_price_and_serves_the_rest() -> None:
    priced = scarcity_prices([basket((0,), NEAR, 5_000, times=3)], [[1], [PLENTY]])
    assert priced.prices[0][0] > 0
    assert priced.prices[1] == [0]
    assert priced.bound <= (NEAR + 2 * 5_000 + 3 * BOX) * PER_MILLE


def test_what_nobody_has_is_left_out() -> None:
    assert scarcity_prices([basket((0,), NEAR, FAR)], [[0], [0]]).bound == 0


@settings(max_examples=60, deadline=None)
@given(
    stock=st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=2, max_size=2),
    wanted=st.lists(st.sampled_from([(0,), (1,), (0, 1)]), min_size=1, max_size=4),
)
def test_no_way_of_serving_costs_less_than_the_bound(
    stock: list[list[int]], wanted: list[tuple[int, ...]]
) -> None:
    """All ways are tried, a costly node without limit (the last) among them."""
    unit = (NEAR, FAR, 4_000)
    bound = scarcity_prices([basket(skus, *unit) for skus in wanted], [*stock, [PLENTY] * 2]).bound
    lines = [(n, sku) for n, skus in enumerate(wanted) for sku in skus]
    least = None
    for nodes in product(range(3), repeat=len(lines)):
        taken = [(node, sku) for node, (_, sku) in zip(nodes, lines, strict=True)]
        if any(taken.count((k, s)) > stock[k][s] for k in range(2) for s in range(2)):
            continue
        boxes = len({(order, node) for node, (order, _) in zip(nodes, lines, strict=True)})
        cost = BOX * boxes + sum(unit[k] for k in nodes)
        least = cost if least is None else min(least, cost)
    assert least is not None
    assert bound <= least * PER_MILLE
