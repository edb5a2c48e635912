"""A node that passed the fences, with its promise and its criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..promising.carriage import Carriage, cheapest
from ..promising.promise import promise
from ..stock.availability import at_node
from .criteria import Facts, key_of, values_of
from .fences import CARRIER_ZONE, CLOSED, fence
from .network import PICKUP, Network, Node
from .plan import Considered, Demand, Promise
from .rules import CarrierService, SourcingRules
from .services import level


@dataclass(frozen=True, slots=True)
class Candidate:
    node: Node
    stock: Mapping[str, int]  # SKU → units it can promise of what is asked
    promise: Promise
    carriage: Carriage | None
    criteria: Mapping[str, int]
    key: tuple[int | str, ...]

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def considered(self) -> Considered:
        return Considered(self.id, criteria=self.criteria)


def assess(
    node: Node,
    demand: Demand,
    network: Network,
    rules: SourcingRules,
    services: Sequence[CarrierService],
    now: int,
) -> Candidate | Considered:
    """The node as a candidate, or the fence it stopped at."""
    if code := fence(node, demand, network):
        return Considered(node.id, excluded=code)
    carriage = None
    if demand.method_at(node.id) != PICKUP:
        weight = sum(line.weight_g * len(line.units) for line in demand.lines)
        origin = node.address.country
        carriage = cheapest(services, level(demand.service), origin, demand.country, weight)
        if carriage is None:
            return Considered(node.id, excluded=CARRIER_ZONE)
    service = carriage.service if carriage else None
    promised = promise(node, service, demand, now, network=network)
    if promised is None:
        return Considered(node.id, excluded=CLOSED)
    criteria = values_of(Facts(node, demand, promised, carriage, now), rules)
    method = demand.method_at(node.id)
    stock = {line.sku: at_node(network, node, line.sku, method) for line in demand.lines}
    return Candidate(node, stock, promised, carriage, criteria, key_of(criteria, rules, node.id))
