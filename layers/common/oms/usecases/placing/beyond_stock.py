"""An order may wait for stock while its products' caps allow it.

The counters are taken after the claims and before the order is written. A crash between leaves a
share of an order that does not exist: the check of fresh claims gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from ...domain.errors import NotFound, OutOfStock
from ...domain.limits.orders import MAX_PARTS
from ...domain.model.network import Network
from ...domain.model.order import CANCELLED, Order
from ...domain.model.product import Product
from ...domain.model.units import LineUnits
from ...domain.orders.progress import still_waiting
from ...domain.quoting.backorder import cap
from ...ports import Backorders, Orders
from ..retrying import retrying


def take_beyond_stock(
    order: Order,
    waiting: LineUnits,
    network: Network,
    products: Mapping[str, Product],
    *,
    backorders: Backorders,
    now: int,
) -> None:
    """Raises OutOfStock when a cap is reached; nothing is counted then."""
    demand = order.demand(waiting, MAX_PARTS)
    taken: list[str] = []
    for sku, units in sorted(order.snapshot.per_sku(waiting).items()):
        most = cap(network, demand, products[sku], now) if sku in products else None
        if most is None:
            continue
        if not backorders.take(sku, order.id, units, most):
            settle_order(order.id, taken, {}, backorders=backorders)
            raise OutOfStock(f"{sku}: no more is sold beyond stock", missing={sku: units})
        taken.append(sku)


def settle_order(
    order_id: str, skus: Iterable[str], waiting: Mapping[str, int], *, backorders: Backorders
) -> None:
    """`waiting`: SKU → units that the order still waits for."""
    for sku in skus:
        retrying(partial(backorders.settle, sku, order_id, waiting.get(sku, 0)))


def settle_beyond_stock(order_id: str, sku: str, *, orders: Orders, backorders: Backorders) -> None:
    """The order waits for other units than before, or was never written."""
    try:
        order = orders.get(order_id)
    except NotFound:
        waiting = {}
    else:
        gone = order.state.cancel_reason or order.state.status == CANCELLED
        waiting = {} if gone else order.snapshot.per_sku(still_waiting(order))
    settle_order(order_id, [sku], waiting, backorders=backorders)
