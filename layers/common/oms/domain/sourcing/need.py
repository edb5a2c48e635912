"""What is needed, and what a list of nodes can give of it.

Lines are handed out one after another from one common stock per (SKU, node), so the same SKU
on several lines is never counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..stock.availability import unclaimed
from .candidate import Candidate
from .network import Network
from .plan import Demand
from .rules import SourcingRules

# node id → line number → quantity
Shares = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """How many units of a demand line are to be placed."""

    no: int
    sku: str
    quantity: int
    weight_g: int
    excluded: frozenset[str]


def lines_of(demand: Demand) -> tuple[Line, ...]:
    return tuple(
        Line(each.line, each.sku, len(each.units), each.weight_g, each.excluded)
        for each in demand.lines
        if each.units
    )


def needed(lines: Sequence[Line]) -> Counter[str]:
    """SKU → units over all lines."""
    total: Counter[str] = Counter()
    for line in lines:
        total[line.sku] += line.quantity
    return total


def allot(lines: Sequence[Line], nodes: Sequence[Candidate], whole_lines: bool) -> Shares:
    """Each line takes from the nodes in their order; lines with the fewest nodes choose first.

    `whole_lines`: a line comes from one node or not at all; the largest choose first then.
    """
    left = {(sku, node.id): units for node in nodes for sku, units in node.stock.items()}
    shares: Shares = {}
    takers = [(line, [node for node in nodes if node.id not in line.excluded]) for line in lines]
    takers.sort(key=lambda pair: (len(pair[1]), -pair[0].quantity if whole_lines else 0))
    for line, open_nodes in takers:
        wanted = line.quantity
        for node in open_nodes:
            given = min(wanted, left.get((line.sku, node.id), 0))
            if given and not (whole_lines and given < wanted):
                left[line.sku, node.id] -= given
                shares.setdefault(node.id, {})[line.no] = given
                wanted -= given
    return shares


def without(lines: Sequence[Line], given: Mapping[int, int]) -> tuple[Line, ...]:
    """The lines less what was given of them."""
    rest = (replace(line, quantity=line.quantity - given.get(line.no, 0)) for line in lines)
    return tuple(line for line in rest if line.quantity)


def quantity(shares: Shares) -> int:
    return sum(given for lines in shares.values() for given in lines.values())


def reachable(
    lines: Sequence[Line],
    nodes: Sequence[Candidate],
    demand: Demand,
    network: Network,
    rules: SourcingRules,
) -> tuple[Line, ...]:
    """The lines cut to what all candidates together have beyond demand that waits already."""
    budget = {line.sku: unclaimed(network, line.sku, demand.method_at) for line in lines}
    cut = []
    for line in lines:
        granted = min(line.quantity, budget[line.sku])
        if granted < line.quantity and not rules.split_lines:
            granted = 0
        budget[line.sku] -= granted
        cut.append(replace(line, quantity=granted))
    total: Counter[int] = Counter()
    for given in allot(cut, nodes, not rules.split_lines).values():
        total.update(given)
    return tuple(replace(line, quantity=total[line.no]) for line in cut if total[line.no])
