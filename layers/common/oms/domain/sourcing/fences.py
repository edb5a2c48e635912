"""Fences: what a node must pass before it is compared. The first that stops it is its reason."""

from __future__ import annotations

from ..stock.availability import beyond_safety
from .network import PICKUP, Network, Node
from .plan import Demand

METHOD_OFF, OFFLINE, NOT_CHOSEN = "METHOD_OFF", "OFFLINE", "NOT_CHOSEN"
REJECTED_BEFORE, NO_STOCK, BELOW_SAFETY = "REJECTED_BEFORE", "NO_STOCK", "BELOW_SAFETY"
CARRIER_ZONE = "CARRIER_ZONE"  # no carrier service with a price for the destination
CLOSED = "CLOSED"  # no working day within the calendar's horizon


def not_chosen(node: Node, demand: Demand, network: Network) -> bool:
    return demand.method == PICKUP and not demand.to_store and node.id != demand.node


def method_off(node: Node, demand: Demand, network: Network) -> bool:
    return demand.method_at(node.id) not in node.methods


def offline(node: Node, demand: Demand, network: Network) -> bool:
    return not node.online


def rejected_before(node: Node, demand: Demand, network: Network) -> bool:
    return all(node.id in line.excluded for line in demand.lines)


def no_stock(node: Node, demand: Demand, network: Network) -> bool:
    return not any(network.available.get((sku, node.id), 0) > 0 for sku in _skus(node, demand))


def below_safety(node: Node, demand: Demand, network: Network) -> bool:
    return not any(
        beyond_safety(node, sku, network.available.get((sku, node.id), 0))
        for sku in _skus(node, demand)
    )


FENCES = {
    NOT_CHOSEN: not_chosen,
    METHOD_OFF: method_off,
    OFFLINE: offline,
    REJECTED_BEFORE: rejected_before,
    NO_STOCK: no_stock,
    BELOW_SAFETY: below_safety,
}


def fence(node: Node, demand: Demand, network: Network) -> str:
    """The reason code of the first fence that stops the node, "" when it passes all."""
    return next((code for code, stops in FENCES.items() if stops(node, demand, network)), "")


def _skus(node: Node, demand: Demand) -> list[str]:
    """The SKUs the node is still asked for."""
    return [line.sku for line in demand.lines if node.id not in line.excluded]
