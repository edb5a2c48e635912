"""What a message says besides its status: only what this status needs, as text.

The field names are those of the message texts (gateways/notifications/templates.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from ..limits.orders import GUEST_LINK_TTL_S
from ..model.channel import Channel
from ..model.fulfilment import FulfilmentOrder
from ..model.money import Money
from ..model.node import Node
from ..model.order import Order
from ..model.promise import Promise
from ..model.shipping import FAILURE, RETURN_TO_SENDER
from ..model.units import LineUnits
from ..orders import guest_token
from ..orders import status as s
from ..orders.buckets import cancelled_units
from ..preparing.deadlines import shelved_at
from .messages import (
    BACKORDERED,
    DELIVERY_FAILED,
    PAYMENT_DECLINED,
    PICKUP_REMINDER,
    REFUNDED,
    RETURN_REQUESTED,
    UNDELIVERED,
    CustomerMessage,
)

AT_THE_STORE = frozenset({s.READY_FOR_PICKUP, PICKUP_REMINDER})
WITH_A_CARRIER = frozenset({s.READY_TO_SHIP, s.SHIPPED, DELIVERY_FAILED, s.RETURNED_TO_SENDER})
PROMISING = frozenset({s.SUPPORT_WAITING, s.IN_PREPARATION, s.SHIPPED, BACKORDERED})
MAX_ITEMS = 10  # named in one message; the rest is counted


def data_of(
    order: Order, message: CustomerMessage, channel: Channel, node: Node | None
) -> dict[str, str]:
    """`node`: where the message's part is; needed for AT_THE_STORE."""
    snapshot, part = order.snapshot, order.part(message.part) if message.of_a_part else None
    data = {"order": snapshot.known_as, "name": first_name(order), "shop": channel.name}
    data["items"] = items(order, _lines(order, message, part))
    data["promise"] = message.epoch or _promised(order, message, part)
    if part and message.status in WITH_A_CARRIER:
        data |= _parcels(part)
    if part and node and message.status in AT_THE_STORE:
        data |= _collecting(part, channel, node)
    if message.status == s.SUPPORT_WAITING:
        data["total"] = str(Money(snapshot.grand_total, snapshot.currency))
    data |= _why(order, message, part)
    if message.status == RETURN_REQUESTED:
        data["return_to"] = channel.return_to
    if amount := _amount(order, message):
        data["amount"] = str(Money(amount, snapshot.currency))
    return {name: value for name, value in data.items() if value}


def _promised(order: Order, message: CustomerMessage, part: FulfilmentOrder | None) -> str:
    if message.status == BACKORDERED:
        return _day(waiting_promise(order))
    if message.status in PROMISING:
        return _day((part.promise if part else None) or order.snapshot.promise)
    return ""


def _why(order: Order, message: CustomerMessage, part: FulfilmentOrder | None) -> dict[str, str]:
    """Codes, which texts put into words."""
    if message.status == s.CANCELLED:
        return {"reason": order.state.cancel_reason}
    if message.status != DELIVERY_FAILED or part is None:
        return {}
    sent_back = any(package.sent_back for package in part.packages)
    return {"reason": RETURN_TO_SENDER if sent_back else FAILURE}


def order_link(order: Order, channel: Channel, secret: Callable[[], str], now: int) -> str:
    """Of the guest, good for as long as every such link; "" where the channel shows no orders."""
    if not channel.order_url:
        return ""
    token = guest_token.sign(order.id, now + GUEST_LINK_TTL_S, secret())
    return Template(channel.order_url).safe_substitute(token=token)


def parcel_links(part: FulfilmentOrder | None, carrier: Mapping[str, Any]) -> str:
    """`carrier`: its configuration; its `tracking_url` takes `$tracking`. A number that does not
    fit into an address as it is has no link.
    """
    template = str(carrier.get("tracking_url", ""))
    if part is None or not template:
        return ""
    ours = {carrier.get("id"), carrier.get("name")}
    found = [p.tracking for p in part.packages if p.carrier in ours and _plain(p.tracking)]
    return " ".join(Template(template).safe_substitute(tracking=each) for each in found)


def _plain(tracking: str) -> bool:
    return tracking.isascii() and tracking.replace("-", "").isalnum()


def email_of(order: Order) -> str:
    to = order.snapshot.ship_to
    return order.snapshot.customer.email or (to.email if to else "")


def first_name(order: Order) -> str:
    to = order.snapshot.ship_to
    name = order.snapshot.customer.name or (to.name if to else "")
    return name.split()[0] if name.split() else ""


def items(order: Order, lines: LineUnits) -> str:
    """ "2 × T-shirt, 1 × Mug" """
    known = {line.no: line for line in order.snapshot.lines}
    named = [
        f"{len(which)} × {known[no].name or known[no].sku}" for no, which in sorted(lines.items())
    ]
    more = [f"+ {len(named) - MAX_ITEMS}"] if len(named) > MAX_ITEMS else []
    return ", ".join(named[:MAX_ITEMS] + more)


def _lines(order: Order, message: CustomerMessage, part: FulfilmentOrder | None) -> LineUnits:
    if part:
        return part.lines
    if message.of_a_return:
        return next((r.advised for r in order.returns if r.number == message.part), {})
    if message.status == s.CANCELLED:
        return cancelled_units(order)
    if message.status == BACKORDERED:
        return {no: which for no, which in order.state.waiting.items() if which}
    return {line.no: line.units for line in order.snapshot.lines}


def _day(promise: Promise | None) -> str:
    if promise is None:
        return ""
    return promise.deliver_by or promise.ready_by[:10]


def waiting_promise(order: Order) -> Promise | None:
    """Of what waits for stock: what is expected, or what the order was accepted with. What began
    to wait later, because a node failed, has no date until somebody expects it.
    """
    agreed, waiting = order.snapshot.waiting, order.state.waiting
    since_the_start = all(which <= agreed.get(no, frozenset()) for no, which in waiting.items())
    return order.state.expected or (order.snapshot.promise if since_the_start else None)


def _parcels(part: FulfilmentOrder) -> dict[str, str]:
    return {
        "carrier": ", ".join(sorted({p.carrier for p in part.packages if p.carrier})),
        "tracking": ", ".join(p.tracking for p in part.packages if p.tracking),
    }


def _collecting(part: FulfilmentOrder, channel: Channel, node: Node) -> dict[str, str]:
    last = datetime.fromtimestamp(shelved_at(part) + channel.collect_within_s, UTC)
    address = node.address
    place = f"{address.postal_code} {address.city}".strip()
    return {
        "node": node.name,
        "address": ", ".join(filter(None, (address.line1, address.line2, place))),
        "collect_by": last.astimezone(ZoneInfo(node.timezone)).date().isoformat(),
        "code": part.code,
    }


def _amount(order: Order, message: CustomerMessage) -> int:
    if message.status == PAYMENT_DECLINED:
        return order.snapshot.grand_total
    if message.status != REFUNDED:
        return 0
    if message.part:
        return sum(ret.amount for ret in order.returns if ret.number == message.part)
    moves = [p.refunds[UNDELIVERED] for p in order.payments if UNDELIVERED in p.refunds]
    return sum(move.amount for move in moves)
