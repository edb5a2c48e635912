"""Every sourcing decision about an order, with the names of the nodes it speaks of."""

from __future__ import annotations

from ...domain.model.order import Order
from ...ports import ConfigReader, Orders


def explain_order(
    order_id: str, *, orders: Orders, config: ConfigReader
) -> tuple[Order, dict[str, str]]:
    """The order and node id → name. Raises NotFound."""
    return orders.get(order_id, consistent=False), node_names(config)


def node_names(config: ConfigReader) -> dict[str, str]:
    return {node.id: node.name for node in config.every_node()}
