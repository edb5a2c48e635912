"""Turn shares into parts: which very units of a line go to which node."""

from __future__ import annotations

from .. import units
from ..units import NO_UNITS
from .choose import Choice
from .plan import Demand, LineUnits, PlannedPart


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
            number = first_part + len(parts)
            to = demand.node if demand.to_store and candidate.id != demand.node else ""
            parts.append(PlannedPart(number, candidate.id, given, candidate.promise, to))
    return tuple(parts)


def unfilled_of(demand: Demand, parts: tuple[PlannedPart, ...]) -> LineUnits:
    rest = {
        line.line: line.units.difference(*(part.lines.get(line.line, NO_UNITS) for part in parts))
        for line in demand.lines
    }
    return {no: which for no, which in rest.items() if which}
