"""Sourcing: choose nodes for the open units of an order. The same for quoting and allocating.

    1  conditions  the strategies whose conditions hold are tried, by priority
    2  fences      nodes that cannot serve this demand leave, each with a reason code
    3  criteria    the others get a key: lexicographic, banded, lower is better, the node id last
    4  granted     units that older demand waits for become unfilled
    5  choose      PICKUP: the chosen node serves what it has; otherwise one node, else the fewest,
                   else the best set, else node after node (choose.py)
    6  parts       units are handed to the nodes; what must hold of every plan is checked
    7  after       what is unfilled goes to the next strategy, waits, is cancelled, or is told

Deterministic: no chance, and no clock but `now`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from ..limits.orders import MAX_PARTS
from ..model.carriage import CarrierService
from ..model.demand import Demand
from ..model.network import Network
from ..model.plan import Plan
from ..model.rules import SourcingRules
from ..model.strategy import (
    COMMIT_PART,
    DELAY_RELAX,
    NEVER,
    NEXT_STRATEGY,
    WHOLE_ORDER,
    Strategy,
    When,
)
from .candidate import Candidate, assess, uncounted
from .choose import NONE, Choice, choose
from .need import granted, lines_of
from .planned_parts import check, parts_of, unfilled_of
from .request import SourcingRequest, sourcing_request


def source(
    demand: Demand,
    network: Network,
    rules: SourcingRules,
    services: Sequence[CarrierService],
    now: int,
    first_part: int = 1,
) -> Plan:
    """Plan `demand`; parts are numbered from `first_part`, the best node first. Where nothing is
    asked of a node there is nothing to decide.
    """
    if not demand.lines:
        return Plan((), how=NONE)
    demand = bound_for(demand, network)
    best: Plan | None = None
    for strategy in rules.chain:
        if not applies(strategy.when, demand, now):
            continue
        plan, action = _tried(
            sourcing_request(demand, network, strategy, services, now), first_part
        )
        best = plan if best is None or plan.left < best.left else best
        if action != NEXT_STRATEGY:
            return _signed(plan, rules, action)
    if best is None:  # only rules that were never validated have no strategy for all
        best = Plan((), {line.line: line.units for line in demand.lines if line.units}, how=NONE)
    return _signed(best, rules, COMMIT_PART if best.unfilled else "")


def _tried(asked: SourcingRequest, first_part: int) -> tuple[Plan, str]:
    """The plan by one strategy, later than promised where that is its after-action."""
    plan = plan_of(asked, first_part)
    strategy = asked.strategy
    action = (strategy.on_partial if plan.parts else strategy.on_none) if plan.unfilled else ""
    if action != DELAY_RELAX:
        return plan, action
    later = plan_of(replace(asked, relax_days=asked.strategy.relax_days), first_part)
    relaxed = replace(later.decision, relaxed_days=asked.strategy.relax_days)
    if later.left < plan.left:
        plan = replace(later, decision=relaxed)
    return plan, NEXT_STRATEGY if plan.unfilled else ""


def plan_of(asked: SourcingRequest, first_part: int) -> Plan:
    """What one strategy makes of the demand."""
    assessed = [assess(asked, node) for node in asked.network.nodes]
    candidates = [each for each in assessed if isinstance(each, Candidate)]
    candidates.sort(key=lambda each: each.key)
    lines = granted(lines_of(asked), asked)
    choice = choose(asked, candidates, lines, parts_limit(asked.demand, asked.strategy))
    parts = parts_of(asked.demand, choice, first_part)
    unfilled = unfilled_of(asked.demand, parts)
    if unfilled and asked.strategy.limits.complete == WHOLE_ORDER:
        choice, parts = Choice(NONE), ()
        unfilled = unfilled_of(asked.demand, parts)
    plan = Plan(
        parts=parts,
        unfilled=unfilled,
        considered=tuple(e.considered if isinstance(e, Candidate) else e for e in assessed),
        how=choice.how if parts else NONE,
        decision=replace(
            choice.why, strategy=asked.strategy.id, uncounted=uncounted(asked, candidates)
        ),
    )
    check(plan, asked)
    return plan


def _signed(plan: Plan, rules: SourcingRules, action: str) -> Plan:
    why = replace(plan.decision, profile=rules.profile, version=rules.version, after=action)
    return replace(plan, decision=why)


def bound_for(demand: Demand, network: Network) -> Demand:
    """With the place the goods travel to: for ship-to-store that is the store."""
    store = network.node(demand.node) if demand.to_store else None
    if store is None:
        return demand
    at = store.address
    return replace(demand, country=at.country, lat=at.lat, lon=at.lon, store=store)


def parts_limit(demand: Demand, strategy: Strategy) -> int:
    if strategy.limits.line_split == NEVER:
        return 1
    return max(1, min(demand.max_parts, strategy.limits.max_parts, MAX_PARTS))


def applies(when: When, demand: Demand, now: int) -> bool:
    return (
        (not when.channels or demand.channel in when.channels)
        and (not when.countries or demand.country in when.countries)
        and (not when.methods or demand.method in when.methods)
        and (not when.services or demand.service in when.services)
        and (not when.tiers or demand.tier in when.tiers)
        and any((not when.categories or line.category in when.categories) for line in demand.lines)
        and when.value_from <= demand.value
        and (not when.value_below or demand.value < when.value_below)
        and (not when.promise_within_days or _promised(demand, now, when.promise_within_days))
        and when.attempt_from <= demand.attempt
        and (not when.attempt_to or demand.attempt <= when.attempt_to)
    )


def _promised(demand: Demand, now: int, days: int) -> bool:
    """For at most so many days from today; what is promised for no day is not."""
    if not demand.promised:
        return False
    today = datetime.fromtimestamp(now, UTC).date()
    return (date.fromisoformat(demand.promised) - today).days <= days
