"""A customer's orders, newest first."""

from __future__ import annotations

from ...domain.model.order import Order
from ...domain.orders.status import CustomerStatus, customer_status
from ...ports import Row
from .deps import Serving


def list_orders(
    channel: str, customer: str, *, limit: int, start: Row | None, deps: Serving
) -> tuple[list[tuple[Order, CustomerStatus]], Row | None]:
    """One page and where the next one starts; raises ValidationFailed for a foreign `start`."""
    ids, following = deps.orders.ids_of_customer(channel, customer, limit=limit, start=start)
    return [(order, customer_status(order)) for order in deps.orders.get_many(ids)], following
