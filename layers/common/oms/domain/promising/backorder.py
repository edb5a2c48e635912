"""When what is missing now could be had: the promise after the expected receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..sourcing.network import PICKUP, Network, Supply
from ..sourcing.plan import Demand, Promise
from ..sourcing.rules import CarrierService
from ..sourcing.services import level
from ..stock.availability import arrival
from .carriage import cheapest
from .promise import LOW, overall, promise


def backorder_promise(
    network: Network,
    demand: Demand,
    missing: Mapping[str, int],
    services: Sequence[CarrierService],
    now: int,
) -> Promise | None:
    """A low-confidence promise for `missing` (SKU → units); None when no receipt covers it."""
    today = datetime.fromtimestamp(now, UTC).date()
    chosen = demand.node if demand.method == PICKUP else ""
    found = []
    for sku, quantity in sorted(missing.items()):
        supply = arrival(network, sku, quantity, demand.method, today, chosen)
        each = _after(supply, network, demand, services, now) if supply else None
        if each is None:
            return None
        found.append(each)
    last = overall(found)
    return replace(last, confidence=LOW) if last else None


def _after(
    supply: Supply,
    network: Network,
    demand: Demand,
    services: Sequence[CarrierService],
    now: int,
) -> Promise | None:
    node = network.node(supply.node)
    assert node is not None, "arrival looks at nodes of the network only"
    if demand.method_at(node.id) == PICKUP:
        return promise(node, None, demand, now, supply.ready, network=network)
    weight = sum(line.weight_g * len(line.units) for line in demand.lines)
    carriage = cheapest(
        services, level(demand.service), node.address.country, demand.country, weight
    )
    if carriage is None:
        return None
    return promise(node, carriage.service, demand, now, supply.ready, network=network)
