"""The cheapest set of nodes, against trying all of them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.sourcing.cheapest_set import NEVER, cheapest_set, givers

PRICES = st.one_of(st.integers(0, 60), st.just(NEVER))


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[list[int], list[list[int]]]:
    nodes, lines = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    opening = draw(st.lists(st.integers(0, 60), min_size=nodes, max_size=nodes))
    column = st.lists(PRICES, min_size=lines, max_size=lines)
    return opening, draw(st.lists(column, min_size=nodes, max_size=nodes))


def cost_of(opening: list[int], columns: list[list[int]], nodes: tuple[int, ...]) -> int:
    lines = zip(*(columns[k] for k in nodes), strict=True)
    return sum(opening[k] for k in nodes) + sum(map(min, lines))


@given(puzzles())
def test_no_set_of_nodes_is_cheaper(puzzle: tuple[list[int], list[list[int]]]) -> None:
    opening, columns = puzzle
    every = range(1, len(opening) + 1)
    sets = [nodes for size in every for nodes in combinations(range(len(opening)), size)]
    total, nodes = cheapest_set(opening, columns)
    assert total == min(cost_of(opening, columns, each) for each in sets)
    assert total == cost_of(opening, columns, nodes)


@given(puzzles())
def test_each_line_comes_from_the_cheapest_node_of_the_set(
    puzzle: tuple[list[int], list[list[int]]],
) -> None:
    opening, columns = puzzle
    total, nodes = cheapest_set(opening, columns)
    chosen = givers(columns, nodes)
    assert set(chosen) <= set(nodes)
    assert sum(columns[node][line] for line, node in enumerate(chosen)) == total - sum(
        opening[k] for k in nodes
    )


@pytest.mark.parametrize(
    ("opening", "columns", "nodes"),
    [
        ([9, 9], [[1, 1], [2, 2]], (0,)),
        ([9, 9], [[1, 30], [2, 2]], (1,)),
        ([9, 9], [[1, 30], [30, 1]], (0, 1)),
        ([9, 9], [[NEVER, 1], [1, NEVER]], (0, 1)),
        ([9, 40], [[5, 5], [1, 1]], (0,)),
        ([1, 1, 1], [[0, 9, 9], [9, 0, 9], [9, 9, 0]], (0, 1, 2)),
        ([5, 5], [[3], [3]], (0,)),
    ],
)
def test_the_set_for(opening: list[int], columns: list[list[int]], nodes: tuple[int, ...]) -> None:
    assert cheapest_set(opening, columns)[1] == nodes


def test_what_nobody_has_costs_never() -> None:
    assert cheapest_set([1], [[5, NEVER]])[0] >= NEVER
