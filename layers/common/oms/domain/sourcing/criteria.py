"""Criteria: numbers that compare candidates. Each is an integer, lower is better.

`SourcingRules.criteria` picks from this library and orders it; the first difference decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ..promising.calendar import local
from ..promising.carriage import Carriage
from ..promising.geo import distance_km
from .network import Node
from .plan import Demand, Promise
from .rules import SourcingRules

UNKNOWN_KM = 99_999  # farther than any place: a node without a position comes last


@dataclass(frozen=True, slots=True)
class Facts:
    """What the criteria measure: one node's answer to one demand."""

    node: Node
    demand: Demand
    promise: Promise
    carriage: Carriage | None
    now: int


def distance(facts: Facts, rules: SourcingRules) -> int:
    here, to = facts.node.address, facts.demand
    km = distance_km(here.lat, here.lon, to.lat, to.lon)
    return UNKNOWN_KM if km is None else km


def distance_band(facts: Facts, rules: SourcingRules) -> int:
    """0 up to the first limit of `distance_bands_km` (inclusive), and so on."""
    return bisect_left(rules.distance_bands_km, distance(facts, rules))


def cost(facts: Facts, rules: SourcingRules) -> int:
    """Minor units for all of the demand as one shipment of this node."""
    return facts.node.handling_cost + (facts.carriage.price if facts.carriage else 0)


def delivery_days(facts: Facts, rules: SourcingRules) -> int:
    """Days from the order until it is delivered or ready, in the node's time zone."""
    today = local(facts.now, facts.node.timezone).date()
    return (_done(facts.promise) - today).days


def lateness(facts: Facts, rules: SourcingRules) -> int:
    """Days after the date promised already; 0 while nothing is promised."""
    if not facts.demand.promised:
        return 0
    return max(0, (_done(facts.promise) - date.fromisoformat(facts.demand.promised)).days)


def priority(facts: Facts, rules: SourcingRules) -> int:
    return facts.node.priority


CRITERIA: Mapping[str, Callable[[Facts, SourcingRules], int]] = {
    "lateness": lateness,
    "delivery_days": delivery_days,
    "distance_band": distance_band,
    "distance_km": distance,
    "cost": cost,
    "priority": priority,
}
ALWAYS = ("distance_band", "cost", "lateness")  # sets of nodes are compared by these


def values_of(facts: Facts, rules: SourcingRules) -> dict[str, int]:
    names = dict.fromkeys((*rules.criteria, *ALWAYS))
    return {name: CRITERIA[name](facts, rules) for name in names}


def key_of(values: Mapping[str, int], rules: SourcingRules, node_id: str) -> tuple[int | str, ...]:
    return (*(values[name] for name in rules.criteria), node_id)


def _done(promise: Promise) -> date:
    return date.fromisoformat((promise.deliver_by or promise.ready_by)[:10])
