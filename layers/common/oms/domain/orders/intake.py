"""An order as any channel hands it over, before prices are frozen and stock is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ValidationFailed
from ..model.address import Address
from ..model.channel import Channel
from ..model.node import PICKUP, Node
from ..model.order import Customer, Hold
from ..model.payment import PaymentMeans
from ..model.promise import Promise

# Doubts under which no stock is held: most likely there is nothing for us to ship.
HOLDS_NO_STOCK = frozenset(
    {"FULFILLED_BY_CHANNEL", "ALREADY_SHIPPED", "CANCELLED_BY_CHANNEL", "TEST_ORDER"}
)


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
    reservation: str = ""  # of the cart that it comes from


def check(new: NewOrder, channel: Channel, nodes: Sequence[Node]) -> None:
    """What the sender of a native order can correct; raises ValidationFailed naming the fields.

    A marketplace's customer has paid already: its orders are kept, whatever they say.
    """
    if channel.marketplace:
        return
    wrong = {
        "/currency": new.currency != channel.currency
        and f"the channel sells in {channel.currency}",
        "/delivery/method": new.method not in channel.methods and "not offered by the channel",
        "/delivery/service": new.service not in channel.services and "not offered by the channel",
        "/delivery/node": new.method == PICKUP
        and not any(node.id == new.node and PICKUP in node.methods for node in nodes)
        and "not a place to collect from",
    }
    fields = {pointer: reason for pointer, reason in wrong.items() if reason}
    if fields:
        raise ValidationFailed("the channel does not offer this", fields=fields)


def holds_stock(holds: tuple[Hold, ...]) -> bool:
    """Reasons are "CODE" or "CODE: detail"."""
    return not any(hold.reason.partition(":")[0] in HOLDS_NO_STOCK for hold in holds)
