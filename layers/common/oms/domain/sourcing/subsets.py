"""The best set of a few nodes, by best-first search: sets are looked into in the order of a bound
that no split of theirs is below, until the bound passes the best set found. So what is found is
the best there is, unless the puzzle says that work was cut short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..limits.sourcing import MAX_SETS_PRICED, MAX_SETS_ROUGHLY
from ..model.strategy import FULL_COST
from .compare import SetComparison, Vector
from .placement import Placement
from .split import SHADOW_COST, Split, Splitting

Entry = tuple[Vector, tuple[int, ...]]  # bound, node indices


@dataclass(frozen=True, slots=True)
class BestSet:
    vector: Vector
    ids: tuple[str, ...]
    split: Split


@dataclass(frozen=True, slots=True)
class Search:
    """`wanted`: units per component that all nodes together can give."""

    puzzle: Placement
    compared: SetComparison
    min_value: int
    wanted: Sequence[int]

    def complete(self, sizes: Sequence[int], worth: int) -> list[Entry]:
        """Sets that give all that is wanted; its units are worth `worth` at the least."""
        return [
            self._entry(0, nodes, worth)
            for size in sizes
            for nodes in self._sets(size)
            if self.puzzle.covers(_mask(nodes), self.wanted)
        ]

    def partial(self, sizes: Sequence[int]) -> list[Entry]:
        """All sets, whatever they leave out."""
        total = sum(self.wanted)
        return [
            self._entry(total - self.puzzle.most(_mask(nodes)), nodes, 0)
            for size in sizes
            for nodes in self._sets(size)
        ]

    def best(self, entries: list[Entry]) -> tuple[BestSet | None, BestSet | None]:
        """The best set and the second best of those looked into."""
        top: list[BestSet] = []
        for looked, (bound, nodes) in enumerate(sorted(entries)):
            most = MAX_SETS_PRICED if self.puzzle.exact else MAX_SETS_ROUGHLY
            if looked >= most:
                self.puzzle.cut()
                break
            if len(top) > 1 and bound > top[0].vector[: len(bound)]:
                break
            bound = self._tight(bound, nodes)
            if len(top) > 1 and bound > top[0].vector[: len(bound)]:
                continue
            found = self._look_into(bound, nodes)
            if found and found.ids not in [each.ids for each in top]:
                top = sorted([*top, found], key=lambda each: (each.vector, each.ids))[:2]
        return (top[0] if top else None, top[1] if len(top) > 1 else None)

    def _sets(self, size: int) -> Iterator[tuple[int, ...]]:
        return combinations(range(len(self.puzzle.nodes)), size)

    def _entry(self, left: int, nodes: tuple[int, ...], worth: int) -> Entry:
        chosen = [self.puzzle.nodes[n] for n in nodes]
        before = self.compared.before(left, chosen)
        return (*before, self._least(nodes, worth)), nodes

    def _least(self, nodes: tuple[int, ...], worth: int) -> int:
        """No split among all of these is below: each sends its lightest parcel."""
        if self.compared.measure == SHADOW_COST:
            return worth
        cost = sum(self.puzzle.lightest(n) for n in nodes)
        return cost + worth if self.compared.measure == FULL_COST else cost

    def _tight(self, bound: Vector, nodes: tuple[int, ...]) -> Vector:
        """A closer bound, of the weight that is to be carried; it takes longer."""
        if self.compared.measure == SHADOW_COST or bound[0]:
            return bound
        lightest = sum(self.puzzle.lightest(n) for n in nodes)
        return (*bound[:-1], bound[-1] - lightest + self.puzzle.least_cost(nodes))

    def _look_into(self, bound: Vector, nodes: tuple[int, ...]) -> BestSet | None:
        puzzle, compared = self.puzzle, self.compared
        found = Splitting(puzzle, _mask(nodes), compared.measure, self.min_value, bound[-1]).best()
        if found is None or not found.used:
            return None
        used = [puzzle.nodes[n] for n in puzzle.members(found.used)]
        vector = compared.vector(bound[0], used, found)
        return BestSet(vector, tuple(sorted(node.id for node in used)), found)


def _mask(nodes: Sequence[int]) -> int:
    return sum(1 << n for n in nodes)
