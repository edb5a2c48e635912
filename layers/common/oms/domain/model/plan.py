"""What sourcing answers: parts at nodes, what is unfilled, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .promise import Promise
from .stock_location import NO_LOCATIONS, Locations
from .units import LineUnits

_NO_LINES: LineUnits = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """Units of one order at one node by one method; becomes FO#n.

    `to` is the store these units travel to before they are collected there; "" when `node` hands
    them to the carrier or the customer itself. Their `promise` then has both: `ship_by` is when
    they leave `node`, `ready_by` when they lie ready at `to`.
    `day`: the ISO date of whose capacity it takes a place, "" at a node without one; of that
    day's places its strategy may take the first `places`.
    """

    number: int
    node: str
    lines: LineUnits
    promise: Promise | None = None
    to: str = ""
    locations: Locations = field(default_factory=lambda: NO_LOCATIONS)  # where its claims are
    day: str = ""
    places: int = 0


@dataclass(frozen=True, slots=True)
class Considered:
    """One node's standing in a decision: a fence's reason code, or its criteria values.

    `key` is what nodes are sorted by: the values in the strategy's order, banded, lower better.
    """

    node: str
    excluded: str = ""
    criteria: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    key: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a plan is as it is. `after`: the after-action for what it leaves unfilled, "" for none.

    `winner` and `runner_up` are sets of nodes; `lost_on` names the first comparison that the
    runner-up lost, with both values. `exact`: no choice is better by the strategy's comparison;
    else `bound` is a value of `measure` that no choice is below, and `value` is this choice's.
    `shadow`: version of the prices that criteria used, ABSENT when there were none, "" when no
    criterion asks. `uncounted`: criterion → ABSENT or STALE, where its signal was not there for
    every candidate or too old: what is missing counted as 0 (the reject rate as configured).
    """

    profile: str = ""
    version: int = 0
    strategy: str = ""
    after: str = ""
    relaxed_days: int = 0
    winner: tuple[str, ...] = ()
    runner_up: tuple[str, ...] = ()
    lost_on: str = ""
    winner_value: int = 0
    runner_up_value: int = 0
    exact: bool = True
    measure: str = ""
    value: int = 0
    bound: int = 0
    shadow: str = ""
    uncounted: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_DECISION = Decision()


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` cover what can be served; `unfilled` is the rest, nothing is lost between them."""

    parts: tuple[PlannedPart, ...]
    unfilled: LineUnits = field(default_factory=lambda: _NO_LINES)
    considered: tuple[Considered, ...] = ()
    how: str = ""  # SINGLE, MIN_SPLIT, BEST_SUBSET, GREEDY, PICKUP, NONE
    decision: Decision = NO_DECISION

    @property
    def left(self) -> int:
        """Units unfilled."""
        return sum(map(len, self.unfilled.values()))
