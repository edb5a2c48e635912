"""One sourcing question with what every node's answer needs, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model.carriage import Carriage, CarrierService, cheapest, level
from ..model.demand import Demand
from ..model.network import Network
from ..model.strategy import Fence, Strategy
from .vocabulary import BELOW_SAFETY


@dataclass(frozen=True, slots=True)
class SourcingRequest:
    """`need`: SKU → units over all lines. `refusals`: nodes that may not serve some line.

    `kept_back`: units of each SKU that stay at a node beside its own safety stock. `relax_days`:
    so much later than promised is borne, beside what the strategy bears.
    """

    demand: Demand
    network: Network
    strategy: Strategy
    services: Sequence[CarrierService]
    now: int
    relax_days: int
    need: Mapping[str, int]
    units: int
    weight_g: int
    value: int
    refusals: frozenset[str]
    hazmat: frozenset[str]
    fences: Mapping[str, Fence]
    kept_back: int
    carriages: dict[str, Carriage | None] = field(default_factory=dict)

    def skus_of(self, node: str) -> Sequence[str]:
        """The SKUs that the node is still asked for."""
        if node not in self.refusals:
            return list(self.need)
        lines = (line.sku for line in self.demand.lines if node not in line.excluded)
        return list(dict.fromkeys(lines))

    def carriage_from(self, country: str) -> Carriage | None:
        """The cheapest service for all of the demand from there; None when nobody goes."""
        if country not in self.carriages:
            service, to = level(self.demand.service), self.demand.country
            self.carriages[country] = cheapest(
                self.services, service, country, to, self.weight_g, self.demand.piece_g
            )
        return self.carriages[country]


def sourcing_request(
    demand: Demand,
    network: Network,
    strategy: Strategy,
    services: Sequence[CarrierService],
    now: int,
    relax_days: int = 0,
) -> SourcingRequest:
    need: dict[str, int] = {}
    for line in demand.lines:
        need[line.sku] = need.get(line.sku, 0) + len(line.units)
    fences = {fence.code: fence for fence in strategy.fences}
    return SourcingRequest(
        demand=demand,
        network=network,
        strategy=strategy,
        services=services,
        now=now,
        relax_days=relax_days,
        need=need,
        units=sum(need.values()),
        weight_g=sum(line.weight_g * len(line.units) for line in demand.lines),
        value=sum(line.value * len(line.units) for line in demand.lines),
        refusals=frozenset().union(*(line.excluded for line in demand.lines)),
        hazmat=frozenset(line.sku for line in demand.lines if line.hazmat),
        fences=fences,
        kept_back=fences[BELOW_SAFETY].limit if BELOW_SAFETY in fences else 0,
    )
