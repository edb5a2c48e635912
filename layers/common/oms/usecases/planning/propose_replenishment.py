"""What to order and what to move of one SKU, from its ledger's shipments of the last four weeks."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.model.geo import distance_km
from ...domain.model.node import DROP_SHIPPER, Node
from ...domain.stock import planning
from ...domain.stock.planning import PlanningTerms, Position, Proposals
from .deps import Planning
from .positions import positions_of

FARTHEST_KM = 20_000  # a lane of unknown length comes last


def propose_replenishment(sku: str, terms: PlanningTerms, deps: Planning) -> Proposals:
    """Lanes are compared by kilometres between nodes, then by what the giver takes per shipment."""
    nodes = {node.id: node for node in deps.config.every_node() if node.kind != DROP_SHIPPER}
    positions, total = positions_of(deps.stock.items.of_sku(sku), nodes, deps.books, deps.now)
    network = deps.stock.availability.network([sku], tuple(nodes.values()), consistent=False)
    incoming = sum(supply.quantity for supply in network.supplies)
    available = sum(position.available for position in positions)
    return Proposals(
        total,
        planning.reorder(total, terms, available=available, incoming=incoming),
        planning.transfers(positions, _lanes(nodes, positions), terms),
    )


def _lanes(nodes: dict[str, Node], positions: Sequence[Position]) -> dict[tuple[str, str], int]:
    ids = [position.node for position in positions]
    return {(a, b): _cost(nodes[a], nodes[b]) for a in ids for b in ids if a != b}


def _cost(source: Node, destination: Node) -> int:
    start, end = source.address, destination.address
    km = distance_km(start.lat, start.lon, end.lat, end.lon)
    return (FARTHEST_KM if km is None else km) + source.handling_cost
