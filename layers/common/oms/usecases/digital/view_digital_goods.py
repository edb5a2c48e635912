"""What an order's customer was given, for a person who may read codes."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.digital.digital_goods import DigitalGood, Unit
from ...domain.model.order import Order
from ...domain.orders.buckets import WITH_THE_CUSTOMER
from .deps import DigitalDelivery


def view_digital_goods(
    order_id: str, *, deps: DigitalDelivery
) -> tuple[Order, dict[Unit, DigitalGood]]:
    """Of parts that are delivered: before, nobody is to see a code. Raises NotFound."""
    order = deps.orders.get(order_id, consistent=False)
    return order, delivered_goods(order, deps.goods.given(order_id))


def delivered_goods(order: Order, given: Mapping[Unit, DigitalGood]) -> dict[Unit, DigitalGood]:
    parts = [part for part in order.parts if part.digital and part.status in WITH_THE_CUSTOMER]
    shown = {(no, unit) for part in parts for no, which in part.lines.items() for unit in which}
    return {unit: good for unit, good in given.items() if unit in shown}
