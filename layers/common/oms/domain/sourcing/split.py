"""How a set of nodes shares the units so that it costs least.

First by rule of thumb: one node after the other is given as much as it can take. When that meets
the bound, nothing is better. Else exact, by dynamic programming: component after component, the
states are the grams (and the value, where a part has to be worth something) in each node's parcel
so far, with the least worth of the units given. Parcels are priced at the end, by their weight, so
the price table may be of any form. Where the weight cannot change a node's price it is no part of
the state, which keeps the states few.

Every node of the set is charged a parcel: a split that does without one is a split of a smaller
set, and found there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.strategy import COST, FULL_COST
from .need import Component, NeededBlock
from .options import Gift
from .placement import Placement

SHADOW_COST = "shadow_cost"
FIELD_BITS = 40  # of a state per node and size: 10^12 grams, or minor units
FIELD = (1 << FIELD_BITS) - 1
Ways = tuple[int, ...]  # chosen way per component
Chain = tuple[Any, int] | None  # the way chosen last, and the chain before it
States = dict[int, tuple[int, Chain]]  # packed sizes → least worth, and how


@dataclass(frozen=True, slots=True)
class Split:
    """`given` is (block, node index, units); `scalar` is what was minimised."""

    scalar: int
    cost: int
    worth: int
    used: int
    given: tuple[tuple[NeededBlock, int, int], ...]


@dataclass(frozen=True, slots=True)
class Splitting:
    """One set of nodes to be shared among; `measure` is minimised, `bound` never undercut."""

    puzzle: Placement
    mask: int
    measure: str
    min_value: int
    bound: int

    def best(self) -> Split | None:
        """The cheapest split; None when no split keeps the least value per part."""
        members = self.puzzle.members(self.mask)
        tried = [self._costed(self._leaning(node)) for node in members]
        best = min(filter(None, tried), key=_scalar, default=None)
        if best and (best.scalar <= self.bound or not self._has_choice()):
            return best
        found = self._exact(best.scalar if best else None)
        return min(filter(None, (best, found)), key=_scalar, default=None)

    @property
    def components(self) -> Sequence[Component]:
        return self.puzzle.components

    def _has_choice(self) -> bool:
        return any(len(self._ways(c)) > 1 for c in range(len(self.components)))

    def _ways(self, c: int) -> Sequence[Sequence[Gift]]:
        return self.puzzle.options(c, self.mask).ways

    def _leaning(self, node: int) -> Ways:
        """Per component the first way that gives `node` most."""
        chosen = []
        for c in range(len(self.components)):
            given = [sum(u for _, n, u in way if n == node) for way in self._ways(c)]
            chosen.append(given.index(max(given)))
        return tuple(chosen)

    def _exact(self, below: int | None) -> Split | None:
        """The cheapest of all, when it is below; None too when that takes too much work."""
        table = SplitTable(self, below)
        states: States = {0: (0, None)}
        for c in self._order():
            steps = [
                (table.packed(c, way), self.puzzle.worth(c, way), w)
                for w, way in enumerate(self._ways(c))
            ]
            if not self.puzzle.may_do(len(states) * len(steps)):
                return None
            states = table.following(states, steps)
        kept = [(table.price(s, worth), s) for s, (worth, _) in states.items() if table.keeps(s)]
        if not kept:
            return None
        chain = states[min(kept)[1]][1]
        chosen: dict[int, int] = {}
        for c in reversed(self._order()):
            assert chain is not None, "a way for every component"
            chain, chosen[c] = chain
        return self._costed(tuple(chosen[c] for c in sorted(chosen)))

    def _order(self) -> list[int]:
        """No choice first, then the heavy: what is decided early closes the most."""
        weights = [-sum(block.weight_of(block.units) for block in each) for each in self.components]
        single = [len(self._ways(c)) == 1 for c in range(len(weights))]
        return sorted(range(len(weights)), key=lambda c: (not single[c], weights[c], c))

    def _costed(self, ways: Ways) -> Split | None:
        """What chosen ways come to; None when a part of several is worth too little."""
        puzzle, worth = self.puzzle, 0
        grams: dict[int, int] = {}
        value: dict[int, int] = {}
        given = []
        for c, w in enumerate(ways):
            way = self._ways(c)[w]
            worth += puzzle.worth(c, way)
            given += [(puzzle.components[c][b], n, units) for b, n, units in way]
            for n, weight, minor in puzzle.weigh(c, way):
                grams[n] = grams.get(n, 0) + weight
                value[n] = value.get(n, 0) + minor
        if len(value) > 1 and min(value.values()) < self.min_value:
            return None
        cost = sum(puzzle.cost(n, weight) for n, weight in grams.items())
        scalars = {SHADOW_COST: worth, FULL_COST: cost + worth, COST: cost}
        given.sort(key=lambda gift: gift[1])
        used = sum(1 << n for n in grams)
        return Split(scalars[self.measure], cost, worth, used, tuple(given))


@dataclass(frozen=True, slots=True)
class SplitTable:
    """The table of the dynamic program. States that cannot come to less than `below` are left out:
    what lies in a parcel already only makes it dearer.
    """

    of: Splitting
    below: int | None

    def packed(self, c: int, way: Sequence[Gift]) -> int:
        """What a way adds to a state: the grams per node, then the values."""
        puzzle, members = self.of.puzzle, self._members
        state = 0
        for n, grams, value in puzzle.weigh(c, way):
            place = members.index(n)
            if not puzzle.flat[n]:
                state += grams << (place * FIELD_BITS)
            if self.of.min_value:
                state += value << ((len(members) + place) * FIELD_BITS)
        return state

    def following(self, states: States, steps: Sequence[tuple[int, int, int]]) -> States:
        """Every state with every way; of equal states the one whose units are worth less stays."""
        found: States = {}
        for state, (worth, chain) in states.items():
            for adds, more, way in steps:
                after, total = state + adds, worth + more
                if after not in found or total < found[after][0]:
                    found[after] = (total, (chain, way))
        if self.below is None or len(steps) == 1:
            return found
        return {s: entry for s, entry in found.items() if self._least(s, entry[0]) < self.below}

    def keeps(self, state: int) -> bool:
        """Each of several parts is worth what it must be."""
        count, least = len(self._members), self.of.min_value
        return (
            count == 1 or not least or all(_field(state, count + m) >= least for m in range(count))
        )

    def price(self, state: int, worth: int) -> int:
        return self._scalar(state, worth, self.of.puzzle.cost)

    def _least(self, state: int, worth: int) -> int:
        return self._scalar(state, worth, self.of.puzzle.least_with)

    def _scalar(self, state: int, worth: int, cost: Callable[[int, int], int]) -> int:
        if self.of.measure == SHADOW_COST:
            return worth
        total = worth if self.of.measure == FULL_COST else 0
        for n in self._members:
            total += cost(n, state & FIELD)
            state >>= FIELD_BITS
        return total

    @property
    def _members(self) -> tuple[int, ...]:
        return self.of.puzzle.members(self.of.mask)


def _scalar(found: Split) -> int:
    return found.scalar


def _field(state: int, place: int) -> int:
    return state >> (place * FIELD_BITS) & FIELD
