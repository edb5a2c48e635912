"""What serving an instance would have cost at least, had all arrivals been known: a linear program.

    min   Σ opening[k]·y[o,k] + unit[j,k]·u[o,i,k]      o: the n orders of one type and region
    s.t.  Σ_k u[o,i,k] = n        each item of each order is served, or unserved at the last node
          u[o,i,k] ≤ y[o,k] ≤ n   by a node that ships something
          Σ_o u[o,i,k] ≤ stock    from what there is

An order may be served in fractions here, so no policy reaches it: it lies about 1 % below the best
plan in whole boxes. Solved by HiGHS, which is a dependency of development only.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.instances import Instance


@dataclass(slots=True)
class Program:
    """Columns with cost and upper bound, rows as `start`, `index`, `value` with two bounds."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    at_least: list[float] = field(default_factory=list)
    at_most: list[float] = field(default_factory=list)

    def columns(self, costs: Sequence[float], upper: float) -> range:
        first = len(self.cost)
        self.cost += costs
        self.upper += [upper] * len(costs)
        return range(first, len(self.cost))

    def row(
        self, columns: Sequence[int], values: Sequence[float], least: float, most: float
    ) -> None:
        self.index += columns
        self.value += values
        self.start.append(len(self.index))
        self.at_least.append(least)
        self.at_most.append(most)


def hindsight(made: Instance, orders: Counter[tuple[int, int]]) -> float:
    """The cost bound; `orders` are counted by (type, region)."""
    program = Program()
    users: dict[tuple[int, int], list[int]] = {}
    for (q, j), count in sorted(orders.items()):
        boxes = program.columns(made.opening, count)
        for item in made.types[q]:
            _serve(program, made, item, (j, count, boxes), users)
    for (node, item), columns in users.items():
        program.row(columns, [1.0] * len(columns), float("-inf"), made.stock[node][item])
    return solve(program)


def _serve(
    program: Program,
    made: Instance,
    item: int,
    order: tuple[int, int, range],
    users: dict[tuple[int, int], list[int]],
) -> None:
    """One item of orders of one kind (region, how many, columns of their boxes by node)."""
    j, count, boxes = order
    nodes = [k for k, row in enumerate(made.stock) if row[item]]
    given = program.columns([made.unit[j][k] for k in nodes], count)
    program.row(given, [1.0] * len(given), count, count)
    for k, column in zip(nodes, given, strict=True):
        program.row([column, boxes[k]], [1.0, -1.0], float("-inf"), 0.0)
        users.setdefault((k, item), []).append(column)


def silent_solver() -> Any:
    """HiGHS greets on standard output, which is for figures."""
    import highspy

    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        solver = highspy.Highs()
        solver.silent()
    finally:
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)
    return solver


def solve(program: Program) -> float:
    import highspy
    import numpy as np

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.at_least)
    model.col_cost_ = np.array(program.cost, dtype=float)
    model.col_lower_ = np.zeros(len(program.cost))
    model.col_upper_ = np.array(program.upper, dtype=float)
    model.row_lower_ = np.array(program.at_least, dtype=float)
    model.row_upper_ = np.array(program.at_most, dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(program.start)
    model.a_matrix_.index_ = np.array(program.index)
    model.a_matrix_.value_ = np.array(program.value)
    solver = silent_solver()
    solver.passModel(model)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)
