"""Turn shares into parts: which very units of a line go to which node."""

from __future__ import annotations

from dataclasses import replace

from ..model import units
from ..model.demand import Demand
from ..model.plan import PlannedPart
from ..model.units import NO_UNITS, LineUnits
from ..promising.work_day import work_day
from .candidate import Candidate
from .choose import Choice


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
