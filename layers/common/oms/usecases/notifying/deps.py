"""What writing to customers and to drop-shippers works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...ports import (
    ConfigReader,
    DigitalGoods,
    Messenger,
    Orders,
    Renderer,
    SupplierPost,
    Suppliers,
)
from ..preparing.view_purchase import Purchase


@dataclass(frozen=True, slots=True)
class Notifying:
    """`texts`: sends SMS. `link_secret`: signs the guest's link. `goods`: what the units of
    digital orders were given.
    """

    orders: Orders
    config: ConfigReader
    messenger: Messenger
    texts: Messenger
    render: Renderer
    goods: DigitalGoods
    link_secret: Callable[[], str]
    now: int


@dataclass(frozen=True, slots=True)
class SendingPurchaseOrders:
    """`render`: a purchase order as the text that is sent."""

    orders: Orders
    config: ConfigReader
    suppliers: Suppliers
    post: SupplierPost
    render: Callable[[Purchase], str]
