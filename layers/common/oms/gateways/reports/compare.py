"""Run a history through rules and keep the sums of both sides, and the orders that change most."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ...domain.model.rules import SourcingRules
from ...domain.replaying.history import ReplayHistory
from ...domain.replaying.replay import Both, Replay, ReplayedOrder
from ...domain.sourcing.question import ABSENT
from ...domain.sourcing.scarcity import STALE
from .tally import ReplayTally

MOST_CHANGED = 10
UNPRICED, PRICED = (ABSENT, STALE), "PRICED"
EVERY = 500  # orders between two signs of life


@dataclass(slots=True)
class ReplayComparison:
    """`moved`: orders that go to other nodes than they went to. `cut`: orders that there was no
    time for. `shadows`: decisions by the prices they used: a version, ABSENT, STALE.
    """

    happened: ReplayTally = field(default_factory=ReplayTally)
    rules: ReplayTally = field(default_factory=ReplayTally)
    moved: int = 0
    cut: int = 0
    shadows: Counter[str] = field(default_factory=Counter)
    first: int = 0
    last: int = 0
    _changed: list[tuple[int, int, Both]] = field(default_factory=list)

    @property
    def changed(self) -> list[Both]:
        """The orders whose cost changes most, the largest change first."""
        return [both for _, _, both in sorted(self._changed, reverse=True)]

    def add(self, number: int, both: Both) -> None:
        was, would_be = both
        self.happened.add(was)
        self.rules.add(would_be)
        if would_be.shadow:
            self.shadows[would_be.shadow if would_be.shadow in UNPRICED else PRICED] += 1
        self.first = self.first or was.order.at
        self.last = was.order.at
        if nodes_of(was) != nodes_of(would_be):
            self.moved += 1
            difference = abs(cost_of(was) - cost_of(would_be))
            heapq.heappush(self._changed, (difference, -number, both))
            if len(self._changed) > MOST_CHANGED:
                heapq.heappop(self._changed)


def compare(
    history: ReplayHistory,
    rules: SourcingRules,
    done: Callable[[int], None],
    more: Callable[[], bool] = lambda: True,
) -> ReplayComparison:
    """`done` is told how many orders were sourced, every now and then and at the end; `more` is
    asked then, too: without time for more, the rest is left out and counted.
    """
    replay = Replay(history.place, rules, {} if history.stocked else None)
    found, number = ReplayComparison(), 0
    for number, both in enumerate(replay.run(history.past), 1):
        found.add(number, both)
        if number % EVERY == 0:
            done(number)
            if not more():
                break
    done(number)
    found.cut = history.orders - number
    return found


def nodes_of(outcome: ReplayedOrder) -> list[str]:
    return sorted(each.node for each in outcome.shipments)


def cost_of(outcome: ReplayedOrder) -> int:
    """Minor units."""
    return sum(each.cost or 0 for each in outcome.shipments)
