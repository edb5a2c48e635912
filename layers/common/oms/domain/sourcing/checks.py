"""What must hold of every plan, whatever chose it."""

from __future__ import annotations

from collections import Counter

from ..stock.availability import at_node
from ..units import NO_UNITS
from .network import Network
from .plan import Demand, Plan


def check(plan: Plan, demand: Demand, network: Network) -> None:
    """Parts and unfilled are the demand, each unit once; no node gives more than it has."""
    given: Counter[tuple[str, str]] = Counter()
    for line in demand.lines:
        seen = [plan.unfilled.get(line.line, NO_UNITS)]
        for part in plan.parts:
            which = part.lines.get(line.line, NO_UNITS)
            assert not (which and part.node in line.excluded), "a node serves a line it refused"
            given[line.sku, part.node] += len(which)
            seen.append(which)
        assert sum(map(len, seen)) == len(line.units), "a unit is lost or planned twice"
        assert frozenset().union(*seen) == line.units, "a unit was not asked for"
    for (sku, node_id), units in given.items():
        node = network.node(node_id)
        assert node, "a node outside the network"
        assert units <= at_node(network, node, sku, demand.method_at(node_id)), (
            "more than the node has"
        )
