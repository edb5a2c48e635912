"""A node that passed the fences, with its promise and its criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from ..model.carriage import Carriage
from ..model.geo import distance_km
from ..model.node import PICKUP, Node
from ..model.plan import Considered
from ..model.promise import Promise
from ..model.signals import ABSENT, AGE, REJECTED, SOLD, Signals
from ..promising.promise import promise
from .criteria import Facts, done, rank_of, value_of
from .fences import AFTER_PROMISE, AFTER_STOCK, OF_THE_NODE, NodeFacts, places_at, stock_of
from .need import SourcingRequest
from .vocabulary import WEIGHTED_SUM

UNKNOWN_KM = 99_999  # farther than any place: a node without a position comes last
# criterion → the signal that it measures
RESTS_ON: Mapping[str, str] = {
    "sales_velocity": SOLD,
    "days_of_cover": SOLD,
    "markdown_risk": SOLD,  # how much will be left to mark down
    "ageing": AGE,
    "reject_rate": REJECTED,
}


_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """`rank`: the values compared, one per criterion of the strategy, lower better. `places`: of
    one of its days, that the strategy may take.
    """

    node: Node
    stock: Mapping[str, int]  # SKU → units it can promise of what is asked
    promise: Promise
    carriage: Carriage | None
    late_days: int
    criteria: Mapping[str, int]
    rank: tuple[int, ...]
    cost: int  # of all of the demand as one shipment
    places: int = 0

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def key(self) -> tuple[int | str, ...]:
        return (*self.rank, self.node.id)

    @property
    def lightest(self) -> int:
        """No parcel of this node costs less."""
        return self.node.handling_cost + (self.carriage.least_price if self.carriage else 0)


def assess(asked: SourcingRequest, node: Node) -> Candidate | Considered:
    """The node as a candidate, or the fence it stopped at."""
    for code, stops in OF_THE_NODE.items():
        if stops(asked, node):
            return Considered(node.id, excluded=code)
    standing = _standing(asked, node)
    for code, hinders in AFTER_STOCK.items():
        if hinders(asked, standing):
            return Considered(node.id, excluded=code)
    standing = _promised(asked, standing)
    for code, hinders in AFTER_PROMISE.items():
        if hinders(asked, standing):
            return Considered(node.id, excluded=code)
    facts, carriage = Facts(asked, standing), standing.carriage
    criteria = asked.strategy.criteria
    values = [value_of(facts, criterion) for criterion in criteria]
    return Candidate(
        node=standing.node,
        stock=standing.stock,
        promise=facts.promise,
        carriage=carriage,
        late_days=standing.late_days,
        criteria={each.by: value for each, value in zip(criteria, values, strict=True)},
        rank=tuple(rank_of(value, each) for each, value in zip(criteria, values, strict=True)),
        cost=node.handling_cost + (carriage.price if carriage else 0),
        places=places_at(asked, standing.node),
    )


def _standing(asked: SourcingRequest, node: Node) -> NodeFacts:
    demand, at = asked.demand, node.address
    km = distance_km(at.lat, at.lon, demand.lat, demand.lon)
    shipped = demand.method_at(node.id) != PICKUP
    carriage = asked.carriage_from(at.country) if shipped else None
    return NodeFacts(node, stock_of(asked, node), UNKNOWN_KM if km is None else km, carriage, None)


def _promised(asked: SourcingRequest, standing: NodeFacts) -> NodeFacts:
    service = standing.carriage.service if standing.carriage else None
    node = standing.node
    if node.daily_capacity and (most := places_at(asked, node)) < node.daily_capacity:
        node = replace(node, daily_capacity=most)
    found = promise(node, service, asked.demand, asked.now, network=asked.network)
    late = 0
    if found and asked.demand.promised:
        late = max(0, (done(found) - date.fromisoformat(asked.demand.promised)).days)
    return replace(standing, promise=found, late_days=late)


def uncounted(asked: SourcingRequest, candidates: Sequence[Candidate]) -> Mapping[str, str]:
    """Criterion → ABSENT or STALE; empty where all is known, and where no criterion asks."""
    names = {each.by for each in asked.strategy.criteria}
    for each in asked.strategy.criteria:
        if each.by == WEIGHTED_SUM:
            names |= set(each.weights)
    if names.isdisjoint(RESTS_ON):
        return _NOTHING
    signals = asked.network.signals
    states = {name: _state(RESTS_ON[name], signals, candidates) for name in names & RESTS_ON.keys()}
    return {name: state for name, state in sorted(states.items()) if state}


def _state(signal: str, signals: Signals, candidates: Sequence[Candidate]) -> str:
    if known := signals.states.get(signal, ""):
        return known
    if signal == REJECTED:
        return ABSENT if signals.rejected is None else ""
    reported = signals.sold if signal == SOLD else signals.age
    held = ((sku, each.id) for each in candidates for sku in each.stock)
    return "" if all(at in reported for at in held) else ABSENT
