"""An order as any channel hands it over, before prices are frozen and stock is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..model.address import Address
from ..model.customer import Customer
from ..model.order import Hold
from ..model.payment import PaymentMeans
from ..model.promise import Promise


@dataclass(frozen=True, slots=True)
class NewLine:
    """`unit_price` per unit, `discount` and `tax` per line, all minor units."""

    sku: str
    quantity: int
    unit_price: int | None = None  # None: the product's price in the order's currency
    discount: int = 0
    tax: int = 0
    tax_included: bool = True
    name: str = ""
    external_id: str = ""
    together: str = ""  # lines that name the same are sent from one node
    intangible: bool = False  # its channel says that nothing is shipped for it
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    service: bool = False  # nobody ships it, or its channel delivers it itself


@dataclass(frozen=True, slots=True)
class NewOrder:
    """`declared_total` is what the channel says the customer pays; None when it does not say.

    `holds` are doubts found while reading a foreign payload: the order is kept, not lost.
    """

    channel: str
    external_id: str
    currency: str
    customer: Customer
    lines: tuple[NewLine, ...]
    means: PaymentMeans
    shipping: int = 0
    discount: int = 0
    declared_total: int | None = None
    method: str = "SHIP"
    service: str = "standard"
    node: str = ""
    day: str = ""  # ISO date of delivery that the shopper named
    ship_to: Address | None = None
    promise: Promise | None = None
    placed_at: int | None = None
    holds: tuple[Hold, ...] = ()
    fingerprint: str = ""
    number: str = ""  # that the customer knows, "" where it is the external id
    note: str = ""  # of the customer to who packs it
    gift_message: str = ""
    reservation: str = ""  # of the cart that it comes from
