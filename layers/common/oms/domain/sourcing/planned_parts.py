"""Turn shares into parts: which units of a line go to which node; what holds of every plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..model import units
from ..model.demand import Demand
from ..model.plan import Plan, PlannedPart
from ..model.strategy import BY_LINE, NEVER, WHOLE_LINE, Limits
from ..model.units import NO_UNITS, LineUnits
from ..promising.work_day import work_day
from ..stock.availability import at_node
from .candidate import Candidate
from .choose import Choice
from .request import SourcingRequest


def parts_of(demand: Demand, choice: Choice, first_part: int) -> tuple[PlannedPart, ...]:
    """The lowest units of a line go to the first node; nodes that give nothing make no part."""
    left = {line.line: line.units for line in demand.lines}
    parts: list[PlannedPart] = []
    for candidate in choice.nodes:
        given = {}
        for no, quantity in sorted(choice.shares.get(candidate.id, {}).items()):
            given[no] = units.first(left[no], quantity)
            left[no] -= given[no]
        if given:
            parts.append(_part(demand, candidate, given, first_part + len(parts)))
    return tuple(parts)


def _part(demand: Demand, candidate: Candidate, given: LineUnits, number: int) -> PlannedPart:
    to = demand.node if demand.to_store and candidate.id != demand.node else ""
    part = PlannedPart(number, candidate.id, given, candidate.promise, to)
    if not candidate.places:
        return part
    return replace(part, day=work_day(candidate.promise), places=candidate.places)


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
