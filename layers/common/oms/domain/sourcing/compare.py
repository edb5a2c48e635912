"""How sets of nodes compare: fewest units left out, then what the strategy minimises, then its
criteria in their order, then the ids. Lower is better, the first difference decides.

    minimise "parts":  units left, parts, criteria …
    minimise "cost":   units left, cost, parts, criteria …

A criterion of a set is the sum over its nodes, and the latest of them for what is about time;
"cost", "full_cost" and "shadow_cost" are those of the units that each node really gives. The
first of these that is compared is what the split of units among the nodes minimises; a strategy
that names none minimises cost after all its criteria.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.strategy import COST, FULL_COST, PARTS
from .candidate import Candidate
from .split import SHADOW_COST, Split

LEFT, IDS, LATE = "units left", "id", "lateness"
OF_THE_SPLIT = (COST, FULL_COST, SHADOW_COST)
OF_TIME = frozenset({"lateness", "delivery_days", "transit_days"})

Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetComparison:
    """`names` of all that is compared, in order; `criteria` by their place in a node's rank."""

    names: tuple[str, ...]
    criteria: tuple[str, ...]
    measure: str

    @property
    def known_before(self) -> int:
        """So many names come before the measure, and do not depend on the split."""
        return self.names.index(self.measure)

    def before(self, left: int, nodes: Sequence[Candidate]) -> Vector:
        """The values before the measure."""
        return tuple(self._value(name, left, nodes) for name in self.names[: self.known_before])

    def vector(self, left: int, nodes: Sequence[Candidate], found: Split) -> Vector:
        costs = {
            COST: found.cost,
            SHADOW_COST: found.worth,
            FULL_COST: found.cost + found.worth,
        }
        return tuple(
            costs[name] if name in costs else self._value(name, left, nodes) for name in self.names
        )

    def _value(self, name: str, left: int, nodes: Sequence[Candidate]) -> int:
        if name == LEFT:
            return left
        if name == PARTS:
            return len(nodes)
        if name not in self.criteria:
            assert name == LATE
            return max(node.late_days for node in nodes)
        place = self.criteria.index(name)
        total = max if name in OF_TIME else sum
        return total(node.rank[place] for node in nodes)


def first_difference(names: Sequence[str], winner: Vector, loser: Vector) -> tuple[str, int, int]:
    """What decided, and both values; the ids when all is equal."""
    for name, best, other in zip(names, winner, loser, strict=False):
        if best != other:
            return name, best, other
    return IDS, 0, 0
