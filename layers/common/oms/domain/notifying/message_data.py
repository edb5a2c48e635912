"""What a message says besides its status: only what this status needs, as text.

The field names are those of the message texts (gateways/notifications/templates.py).
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ..model.channel import Channel
from ..model.fulfilment import FulfilmentOrder
from ..model.money import Money
from ..model.node import Node
from ..model.order import Order
from ..model.promise import Promise
from ..model.units import LineUnits
from ..orders import status as s
from ..orders.buckets import cancelled_units
from ..preparing.deadlines import shelved_at
from .messages import (
    BACKORDERED,
    DELIVERY_FAILED,
    PAYMENT_DECLINED,
    PICKUP_REMINDER,
    REFUNDED,
    UNDELIVERED,
    CustomerMessage,
)

AT_THE_STORE = frozenset({s.READY_FOR_PICKUP, PICKUP_REMINDER})
WITH_A_CARRIER = frozenset({s.READY_TO_SHIP, s.SHIPPED, DELIVERY_FAILED})
PROMISING = frozenset({s.SUPPORT_WAITING, s.IN_PREPARATION, s.SHIPPED, BACKORDERED})
MAX_ITEMS = 10  # named in one message; the rest is counted


def data_of(
    order: Order, message: CustomerMessage, channel: Channel, node: Node | None
) -> dict[str, str]:
    """`node`: where the message's part is; needed for AT_THE_STORE."""
    snapshot, part = order.snapshot, order.part(message.part) if message.of_a_part else None
    data = {"order": snapshot.known_as, "name": first_name(order), "shop": channel.name}
    data["items"] = items(order, _lines(order, message, part))
    if message.epoch:
        data["promise"] = message.epoch
    elif message.status == BACKORDERED:
        data["promise"] = _day(waiting_promise(order))
    elif message.status in PROMISING:
        data["promise"] = _day((part.promise if part else None) or snapshot.promise)
    if part and message.status in WITH_A_CARRIER:
        data |= _parcels(part)
    if part and node and message.status in AT_THE_STORE:
        data |= _collecting(part, channel, node)
    if amount := _amount(order, message):
        data["amount"] = str(Money(amount, snapshot.currency))
    return {name: value for name, value in data.items() if value}


def recipient(order: Order) -> str:
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
