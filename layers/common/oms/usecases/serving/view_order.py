"""Read one order."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.orders.reader_view import STAFF, ReaderView, view_for
from .deps import Serving


def view_order(
    order_id: str, *, reader: str, deps: Serving, nodes: frozenset[str] = frozenset()
) -> ReaderView:
    """`nodes`: where staff work. Raises NotFound for staff elsewhere, as if it did not exist."""
    order = deps.orders.get(order_id)
    if reader == STAFF and not any(part.node in nodes for part in order.parts):
        raise NotFound(f"there is no order {order_id}")
    return view_for(order, reader)
