"""When what is missing now could be had, and how much may be sold beyond stock at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ..model.carriage import CarrierService, cheapest, level
from ..model.demand import Demand
from ..model.network import Network
from ..model.node import PICKUP
from ..model.product import Product
from ..model.promise import Promise
from ..model.supply import Supply
from ..promising.promise import LOW, overall, promise
from ..sourcing.source import bound_for
from ..stock.phased import phased_availability


def backorder_promise(
    network: Network,
    demand: Demand,
    missing: Mapping[str, int],
    services: Sequence[CarrierService],
    now: int,
) -> Promise | None:
    """A low-confidence promise for `missing` (SKU → units); None when no receipt covers it."""
    today = datetime.fromtimestamp(now, UTC).date()
    bound = bound_for(demand, network)
    found = []
    for sku, quantity in sorted(missing.items()):
        ahead = phased_availability(network, sku, bound.method_at, today, place_of(bound))
        supply = ahead.earliest(quantity)
        each = _after(supply, network, bound, services, now) if supply else None
        if each is None:
            return None
        found.append(each)
    last = overall(found)
    return replace(last, confidence=LOW) if last else None


def place_of(demand: Demand) -> str:
    """The one node whose receipts count, "" for any."""
    return demand.node if demand.method == PICKUP and not demand.to_store else ""


def cap(network: Network, demand: Demand, product: Product, now: int) -> int | None:
    """Units of a product that may be sold beyond stock in all: its limit, and what is expected
    within its longest lead; None for no cap.
    """
    if product.backorder_limit is None:
        return None
    if not product.max_lead_days:
        return product.backorder_limit
    today = datetime.fromtimestamp(now, UTC).date()
    bare = replace(network, waiting={}, wanted={})  # the counter holds the demand already
    ahead = phased_availability(bare, product.sku, demand.method_at, today, place_of(demand))
    last = (today + timedelta(days=product.max_lead_days)).isoformat()
    return min(product.backorder_limit, ahead.until(last))


def within_cap(
    network: Network,
    demand: Demand,
    missing: Mapping[str, int],
    products: Mapping[str, Product],
    now: int,
) -> bool:
    for sku, quantity in missing.items():
        most = cap(network, demand, products[sku], now) if sku in products else None
        if most is not None and network.backordered.get(sku, 0) + quantity > most:
            return False
    return True


def _after(
    supply: Supply,
    network: Network,
    demand: Demand,
    services: Sequence[CarrierService],
    now: int,
) -> Promise | None:
    """The supplier's own receiving days count before the node's."""
    node = network.node(supply.node)
    assert node is not None, "the outlook is of nodes of the network only"
    arrived = supply.ready
    if supply.receive_days:
        node = replace(node, receive_days=0)
    if demand.method_at(node.id) == PICKUP:
        return promise(node, None, demand, now, arrived, network=network)
    weight = sum(line.weight_g * len(line.units) for line in demand.lines)
    carriage = cheapest(
        services,
        level(demand.service),
        node.address.country,
        demand.country,
        weight,
        demand.piece_g,
    )
    if carriage is None:
        return None
    return promise(node, carriage.service, demand, now, arrived, network=network)
