"""What all ways in have in common."""

from __future__ import annotations

from oms.domain.errors import OutOfStock
from oms.domain.orders.intake import NewOrder
from oms.observability import about, count
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import Placed, place_order


def place(new: NewOrder, deps: Placing) -> Placed:
    try:
        placed = place_order(new, deps)
    except OutOfStock:
        count("OrdersRefused", channel=new.channel, reason="OutOfStock")
        raise
    about(order_id=placed.snapshot.id)
    return placed
