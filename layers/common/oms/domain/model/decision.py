"""What is kept of a decision: enough to explain it for as long as the order exists, in few bytes.

The first decision lies inside the order's snapshot, each later one is a row `DEC#n` written in the
transaction that puts it into effect. So a decision is there exactly when it had an effect, and it
never changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .node import DIGITAL
from .plan import NO_DECISION, Considered, Decision, Plan, PlannedPart
from .promise import Promise

PLACED, RESOURCED, ALLOCATED, MOVED = "PLACED", "RESOURCED", "ALLOCATED", "MOVED"
SIMULATED = "SIMULATED"
MAX_WEIGHED = 5  # candidates kept with their values: those chosen, then the best of the others
MAX_NAMED = 4  # nodes named for each fence; the others are counted
MAX_DECISIONS = 99  # of one order
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CandidateValues:
    """A candidate and its values, in the order of the record's `criteria`."""

    node: str
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """What a node got by the decision: part number, units."""

    part: int
    node: str
    units: int


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """`number` counts the decisions of one order from 1. `candidates` is how many nodes passed the
    fences, `weighed` the best of them. `fenced`: reason code → nodes, the first few; `uncounted`:
    reason code → how many more. `unfilled`: units that no node got. `digital`: units that
    need none.
    """

    number: int
    at: int
    cause: str
    why: Decision
    how: str = ""
    given: tuple[DecidedPart, ...] = ()
    unfilled: int = 0
    digital: int = 0
    candidates: int = 0
    criteria: tuple[str, ...] = ()
    weighed: tuple[CandidateValues, ...] = ()
    fenced: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NONE)
    uncounted: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)


def decision_record(plan: Plan, number: int, at: int, cause: str) -> DecisionRecord:
    """What is to be kept of how `plan` came about."""
    passed = ranked_candidates(plan)
    criteria = tuple(passed[0].criteria) if passed else ()
    fenced, more = fences(plan.considered)
    gave = given(plan.parts)
    return DecisionRecord(
        number=number,
        at=at,
        cause=cause,
        why=plan.decision,
        how=plan.how,
        given=tuple(each for each in gave if each.node != DIGITAL),
        unfilled=sum(map(len, plan.unfilled.values())),
        digital=sum(each.units for each in gave if each.node == DIGITAL),
        candidates=len(passed),
        criteria=criteria,
        weighed=tuple(
            CandidateValues(each.node, tuple(each.criteria.get(name, 0) for name in criteria))
            for each in passed[:MAX_WEIGHED]
        ),
        fenced=fenced,
        uncounted=more,
    )


def parts_with_decision(parts: Sequence[PlannedPart], number: int) -> tuple[PlannedPart, ...]:
    """The parts, their promises naming the decision that made them."""
    return tuple(
        replace(part, promise=promise_with_decision(part.promise, number)) for part in parts
    )


def promise_with_decision(promise: Promise | None, number: int) -> Promise | None:
    return replace(promise, decision=number) if promise else None


def arrival_decision_record(
    part: PlannedPart, waiting: int, number: int, at: int
) -> DecisionRecord:
    """Stock arrived at a node and went to units that waited; `waiting` are left."""
    return DecisionRecord(number, at, ALLOCATED, NO_DECISION, ALLOCATED, given([part]), waiting)


def given(parts: Sequence[PlannedPart]) -> tuple[DecidedPart, ...]:
    return tuple(
        DecidedPart(part.number, part.node, sum(map(len, part.lines.values()))) for part in parts
    )


def ranked_candidates(plan: Plan) -> list[Considered]:
    """Who passed the fences: those that got something, the runner-up, the others as they rank."""
    first = {part.node: 0 for part in plan.parts}
    second = dict.fromkeys(plan.decision.runner_up, 1)
    passed = [each for each in plan.considered if not each.excluded]
    return sorted(
        passed, key=lambda each: ({**second, **first}.get(each.node, 2), each.key, each.node)
    )


def fences(
    considered: Sequence[Considered],
) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """Reason code → the first nodes that stopped there; → how many more did."""
    stopped: dict[str, list[str]] = {}
    for each in considered:
        if each.excluded:
            stopped.setdefault(each.excluded, []).append(each.node)
    first = {code: tuple(nodes[:MAX_NAMED]) for code, nodes in stopped.items()}
    more = {code: len(nodes) - MAX_NAMED for code, nodes in stopped.items()}
    return first, {code: count for code, count in more.items() if count > 0}
