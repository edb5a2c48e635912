"""Sourcing: choose nodes for the open units of an order. The same for quoting and allocating.

    1  fences      nodes that cannot serve this demand leave, each with a reason code
    2  criteria    the others get a key: lexicographic, lower is better, the node id last
    3  reachable   units nobody can serve, or that older demand waits for, become unfilled
    4  PICKUP      the chosen node serves what it has; otherwise
       SINGLE      the best node that serves all of it, else
       MIN_SPLIT   the best of the smallest sets of nodes that serve all of it, else
       GREEDY      node after node the one that serves most, until the limit of parts
    5  parts       units are handed to the nodes; nothing is lost, no node gives more than it has

Deterministic: no chance, and no clock but `now`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import limits
from .candidate import Candidate, assess
from .checks import check
from .choose import Choice, choose
from .need import lines_of, reachable
from .network import PICKUP, Network
from .parts import parts_of, unfilled_of
from .plan import Considered, Demand, Plan
from .rules import CarrierService, SourcingRules


def source(
    demand: Demand,
    network: Network,
    rules: SourcingRules,
    services: Sequence[CarrierService],
    now: int,
    first_part: int = 1,
) -> Plan:
    """Plan `demand`; parts are numbered from `first_part`, the best node first."""
    demand = bound_for(demand, network)
    assessed = [assess(node, demand, network, rules, services, now) for node in network.nodes]
    candidates = sorted(
        (each for each in assessed if isinstance(each, Candidate)), key=lambda each: each.key
    )
    lines = reachable(lines_of(demand), candidates, demand, network, rules)
    at_one_place = demand.method == PICKUP and not demand.to_store
    choice = choose(lines, candidates, rules, parts_limit(demand, rules), at_one_place)
    return _plan(demand, network, assessed, choice, first_part)


def bound_for(demand: Demand, network: Network) -> Demand:
    """With the place the goods travel to: for ship-to-store that is the store."""
    store = network.node(demand.node) if demand.to_store else None
    if store is None:
        return demand
    at = store.address
    return replace(demand, country=at.country, lat=at.lat, lon=at.lon, store=store)


def parts_limit(demand: Demand, rules: SourcingRules) -> int:
    return max(1, min(demand.max_parts, rules.max_parts, limits.MAX_PARTS))


def _plan(
    demand: Demand,
    network: Network,
    assessed: Sequence[Candidate | Considered],
    choice: Choice,
    first_part: int,
) -> Plan:
    parts = parts_of(demand, choice, first_part)
    plan = Plan(
        parts=parts,
        unfilled=unfilled_of(demand, parts),
        considered=tuple(
            each.considered if isinstance(each, Candidate) else each for each in assessed
        ),
        how=choice.strategy if parts else "NONE",
    )
    check(plan, demand, network)
    return plan
