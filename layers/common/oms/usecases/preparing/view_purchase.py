"""A drop-shipper's part as the purchase order that the supplier works from."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.errors import NotFound
from ...domain.model import fulfilment as fo
from ...domain.model.address import Address
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order
from ...domain.model.product import Product
from ...ports import ConfigReader, Worker
from .deps import Preparing
from .move_part import part_for


@dataclass(frozen=True, slots=True)
class Purchase:
    """`ship_to` is None once nothing goes there: an address is shown to who sends something."""

    part: FulfilmentOrder
    external_id: str
    service: str
    ship_to: Address | None
    products: dict[str, Product]


def view_purchase(order_id: str, number: int, *, worker: Worker, deps: Preparing) -> Purchase:
    """Raises NotFound for a part that is no purchase order, or of another node."""
    part = part_for(order_id, number, worker, deps.orders)
    if not part.purchase:
        raise NotFound("this part is no purchase order")
    return purchase_of(deps.orders.get(order_id), part, deps.config)


def purchase_of(order: Order, part: FulfilmentOrder, config: ConfigReader) -> Purchase:
    snapshot = order.snapshot
    products = config.products(sorted(set(part.skus.values())))
    shown = None if part.status in fo.DEAD else snapshot.ship_to
    return Purchase(part, snapshot.external_id, snapshot.service, shown, products)
