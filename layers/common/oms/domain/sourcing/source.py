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

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from ..limits.orders import MAX_PARTS
from ..model.carriage import CarrierService
from ..model.demand import Demand
from ..model.network import Network
from ..model.plan import Considered, Plan, PlannedPart
from ..model.rules import SourcingRules
from ..model.strategy import (
    BY_LINE,
    COMMIT_PART,
    DELAY_RELAX,
    NEVER,
    NEXT_STRATEGY,
    WHOLE_LINE,
    WHOLE_ORDER,
    Limits,
    Strategy,
    When,
)
from ..model.units import NO_UNITS, LineUnits, first
from ..promising.work_day import work_day
from ..stock.availability import at_node
from .candidate import Candidate, assess, uncounted
from .choose import NONE, Choice, choose
from .need import SourcingRequest, granted, lines_of, sourcing_request


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
    nothing = Plan((), {line.line: line.units for line in demand.lines if line.units}, how=NONE)
    best, after = nothing, ""  # where no strategy applies, as none does of rules never validated
    for strategy in rules.chain:
        if not applies(strategy.when, demand, now):
            continue
        plan, after = _tried(sourcing_request(demand, network, strategy, services, now), first_part)
        best = plan if best is nothing or plan.left < best.left else best
        if after != NEXT_STRATEGY:
            best = plan
            break
    else:
        after = COMMIT_PART if best.unfilled else ""
    why = replace(best.decision, profile=rules.profile, version=rules.version, after=after)
    return replace(best, decision=why)


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
    limits = asked.strategy.limits
    assessed = [assess(asked, node) for node in asked.network.nodes]
    candidates = [each for each in assessed if isinstance(each, Candidate)]
    candidates.sort(key=lambda each: each.key)
    lines = lines_of(asked)
    if asked.network.waiting:
        lines = granted(lines, asked)
    choice = choose(asked, candidates, lines, parts_limit(asked.demand, asked.strategy))
    parts = parts_of(asked.demand, choice, first_part)
    unfilled = unfilled_of(asked.demand, parts)
    if unfilled and limits.complete == WHOLE_ORDER:
        choice, parts = Choice(NONE), ()
        unfilled = unfilled_of(asked.demand, parts)
    plan = Plan(
        parts=parts,
        unfilled=unfilled,
        considered=tuple(
            Considered(each.id, criteria=each.criteria, key=each.rank)
            if isinstance(each, Candidate)
            else each
            for each in assessed
        ),
        how=choice.how if parts else NONE,
        decision=replace(
            choice.why, strategy=asked.strategy.id, uncounted=uncounted(asked, candidates)
        ),
    )
    check(plan, asked)
    return plan


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


def parts_of(demand: Demand, choice: Choice, first_part: int) -> tuple[PlannedPart, ...]:
    """The lowest units of a line go to the first node; nodes that give nothing make no part."""
    left = {line.line: line.units for line in demand.lines}
    parts: list[PlannedPart] = []
    for candidate in choice.nodes:
        given = {}
        for no, quantity in sorted(choice.shares.get(candidate.id, {}).items()):
            given[no] = first(left[no], quantity)
            left[no] -= given[no]
        if given:
            number, id = first_part + len(parts), candidate.id
            to = demand.node if demand.to_store and id != demand.node else ""
            part = PlannedPart(number, id, given, candidate.promise, to)
            if candidate.places:
                day = work_day(candidate.promise)
                part = replace(part, day=day, places=candidate.places)
            parts.append(part)
    return tuple(parts)


def unfilled_of(demand: Demand, parts: tuple[PlannedPart, ...]) -> LineUnits:
    rest = {
        line.line: line.units.difference(*(part.lines.get(line.line, NO_UNITS) for part in parts))
        for line in demand.lines
    }
    return {no: which for no, which in rest.items() if which}


def check(plan: Plan, asked: SourcingRequest) -> None:
    """Parts and unfilled are the demand, each unit once; no node gives more than it has, or what
    it refused; the strategy's limits are kept.
    """
    given = _units_are_kept(plan, asked)
    nodes = {node.id: node for node in asked.network.nodes}
    for (sku, id), pieces in given.items():
        assert id in nodes, "a node outside the network"
        has = at_node(asked.network, nodes[id], sku, asked.demand.method_at(id))
        assert pieces <= has, "more than the node has"
    _limits_are_kept(plan, asked.strategy.limits, asked)


def _units_are_kept(plan: Plan, asked: SourcingRequest) -> Counter[tuple[str, str]]:
    """(SKU, node) → units given."""
    given: Counter[tuple[str, str]] = Counter()
    for line in asked.demand.lines:
        seen = [plan.unfilled.get(line.line, NO_UNITS)]
        for part in plan.parts:
            which = part.lines.get(line.line, NO_UNITS)
            assert not (which and part.node in line.excluded), "a node serves a line it refused"
            given[line.sku, part.node] += len(which)
            seen.append(which)
        assert sum(map(len, seen)) == len(line.units), "a unit is lost or planned twice"
        assert frozenset().union(*seen) == line.units, "a unit was not asked for"
    return +given


def _limits_are_kept(plan: Plan, limits: Limits, asked: SourcingRequest) -> None:
    assert len(plan.parts) <= limits.max_parts, "more parts than the strategy allows"
    assert len(plan.parts) <= 1 or limits.line_split != NEVER, "the order was to stay together"
    values = {line.line: line.value for line in asked.demand.lines}
    homes: Counter[int] = Counter()
    for part in plan.parts:
        homes.update(dict.fromkeys(part.lines, 1))
        worth = sum(values[no] * len(which) for no, which in part.lines.items())
        assert len(plan.parts) == 1 or worth >= limits.min_value, "a part is worth too little"
    if limits.line_split == BY_LINE:
        assert all(count == 1 for count in homes.values()), "a line was to stay together"
    if limits.complete == WHOLE_LINE:
        assert not set(homes) & set(plan.unfilled), "a line was to be sent whole"
