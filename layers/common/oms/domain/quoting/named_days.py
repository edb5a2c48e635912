"""Which days a shopper may name: those on which every node of the plan can deliver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from ..model.carriage import CarrierService, cheapest, level
from ..model.demand import Demand
from ..model.network import Network
from ..model.plan import Plan
from ..promising.promise import promise

DAYS_AHEAD = 14  # from the first day it could be there


def days_of(
    plan: Plan, demand: Demand, network: Network, services: Sequence[CarrierService], now: int
) -> tuple[str, ...]:
    """ISO dates, the earliest first. `plan` is that of the demand without a day."""
    first = max((part.promise.deliver_by for part in plan.parts if part.promise), default="")
    if not first:
        return ()
    start = date.fromisoformat(first)
    days = ((start + timedelta(days=n)).isoformat() for n in range(DAYS_AHEAD))

    def possible(day: str) -> bool:
        named = replace(demand, day=day)
        return all(_keeps(part.node, named, network, services, now) for part in plan.parts)

    return tuple(day for day in days if possible(day))


def _keeps(
    node_id: str, demand: Demand, network: Network, services: Sequence[CarrierService], now: int
) -> bool:
    node = network.node(node_id)
    assert node is not None, "the plan is of this network"
    lane = cheapest(services, level(demand.service), node.address.country, demand.country, 0)
    assert lane is not None, "the plan was made with a carrier"
    return promise(node, lane.service, demand, now, network=network) is not None
