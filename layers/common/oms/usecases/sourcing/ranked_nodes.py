"""Which nodes could take all of a part, best first: who is to see it as an offer."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order
from ...domain.stock.availability import at_node
from .reading import Reading


def ranked_nodes(order: Order, part: FulfilmentOrder, reading: Reading) -> list[str]:
    """By the rules of the channel's profile, as sourcing sorts them."""
    network = reading.network(order.snapshot, consistent=False, first_part=order.next_part)
    plan = reading.plan(order, part.lines, network)
    passed = sorted(
        (each for each in plan.considered if not each.excluded),
        key=lambda each: (each.key, each.node),
    )
    nodes = {node.id: node for node in reading.nodes}
    return [
        each.node
        for each in passed
        if all(
            at_node(network, nodes[each.node], sku, part.method) >= units
            for sku, units in part.by_sku.items()
        )
    ]
