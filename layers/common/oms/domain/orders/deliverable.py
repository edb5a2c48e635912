"""What an order has to say so that it is accepted: what its channel offers, what a delivery takes.

Things need an address, digital lines an e-mail. A native order without is refused; one that another
channel has sold is held until somebody looked.

The work on some begins later: a day of delivery was named, or the goods are not out yet. Their
stock is held at once. A hold keeps them from their nodes until work has to begin, so that nobody
ships too early; it ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ..errors import ValidationFailed
from ..limits.digital import MAX_DIGITAL_UNITS
from ..limits.orders import MAX_UNITS
from ..model import calendar
from ..model.address import Address
from ..model.carriage import NAMED_DAY
from ..model.channel import Channel
from ..model.customer import Customer
from ..model.node import PICKUP, SHIP, Node
from ..model.order import SCHEDULED, Hold, OrderLine, OrderSnapshot
from ..model.payment import SANDBOX
from ..model.plan import PlannedPart
from ..model.product import SERVICE
from .intake import NewOrder
from .kits import sent_line_numbers
from .pricing import PricedOrder

NAMED, RELEASE = "NAMED_DAY", "RELEASE_DATE"

# Doubts under which no stock is held: most likely there is nothing for us to ship.
HOLDS_NO_STOCK = frozenset(
    {"FULFILLED_BY_CHANNEL", "ALREADY_SHIPPED", "CANCELLED_BY_CHANNEL", "TEST_ORDER"}
)
NO_EMAIL, TOO_MANY_UNITS, NO_ADDRESS = "NO_EMAIL", "TOO_MANY_UNITS", "INCOMPLETE_ADDRESS"
_UNREACHED = "the code of a pickup is told by e-mail"
_UNREACHED_BY_SMS = "the code of a pickup is told by e-mail, or by SMS to a phone like +33600000000"
# the field → what a hold calls it, and who resolves that
DOUBTS = {
    "/ship_to": ("ADDRESS", NO_ADDRESS),
    "/customer/email": ("MANUAL", NO_EMAIL),
    "/lines": ("MANUAL", TOO_MANY_UNITS),
}


def check(new: NewOrder, channel: Channel, nodes: Sequence[Node]) -> None:
    """What the sender of a native order can correct; raises ValidationFailed naming the fields.

    A marketplace's customer has paid already: its orders are kept, whatever they say. They come
    from the marketplace only: who sends a native order there would say that it is paid.
    """
    if channel.marketplace:
        if new.fingerprint:
            marketplace = {"/channel": "its orders come from the marketplace only"}
            raise ValidationFailed("orders are not placed in this channel", fields=marketplace)
        return
    wrong = {
        "/payment/provider": new.means.provider == SANDBOX != channel.payment
        and "the channel takes real money",
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


def deliverable(
    new: NewOrder, priced: PricedOrder, *, foreign: bool, sms: bool = False
) -> PricedOrder:
    """As it is, or held. Raises ValidationFailed naming the fields of a native order."""
    wrong = dict(_wrong(new, priced.lines, sms=sms))
    if wrong and not foreign:
        raise ValidationFailed("The order cannot be delivered", fields=wrong)
    known = {hold.reason.partition(":")[0] for hold in priced.holds}
    doubts = dict.fromkeys(DOUBTS["/lines" if at.startswith("/lines") else at] for at in wrong)
    more = [Hold(kind, code) for kind, code in doubts if code not in known]
    return replace(priced, holds=(*priced.holds, *more))


def _wrong(new: NewOrder, lines: Sequence[OrderLine], *, sms: bool) -> Iterator[tuple[str, str]]:
    digital = [line for line in lines if line.digital not in ("", SERVICE)]
    if any(not line.digital for line in lines) and new.method == SHIP and new.ship_to is None:
        yield "/ship_to", "SHIP needs an address"
    email = new.customer.email or (new.ship_to.email if new.ship_to else "")
    if digital and not email:
        yield "/customer/email", "digital lines are delivered there"
    elif new.method == PICKUP and not email and not (sms and reachable_by_sms(_phone(new))):
        yield "/customer/email", _UNREACHED_BY_SMS if sms else _UNREACHED
    if sum(line.quantity for line in lines) > MAX_UNITS:
        yield "/lines", f"an order has at most {MAX_UNITS} units"
    most = MAX_DIGITAL_UNITS
    if sum(line.quantity for line in digital) > most:
        reason = f"an order has at most {most} units of digital products"
        yield f"/lines/{sent_line_numbers(lines)[digital[-1].no] - 1}/quantity", reason


def _phone(new: NewOrder) -> str:
    return phone_of(new.customer, new.ship_to)


def phone_of(customer: Customer, ship_to: Address | None) -> str:
    return customer.phone or (ship_to.phone if ship_to else "")


def reachable_by_sms(phone: str) -> bool:
    """An international number: "+33 6 00 00 00 00"."""
    digits = phone.strip().removeprefix("+").replace(" ", "")
    return phone.strip().startswith("+") and digits.isdecimal() and 8 <= len(digits) <= 15


def holds_stock(holds: tuple[Hold, ...]) -> bool:
    """Reasons are "CODE" or "CODE: detail"."""
    return not any(hold.reason.partition(":")[0] in HOLDS_NO_STOCK for hold in holds)


def schedule(
    snapshot: OrderSnapshot, parts: Sequence[PlannedPart], nodes: Sequence[Node], now: int
) -> tuple[Hold, ...]:
    """The hold until work begins; none for what begins at once."""
    goods = [line for line in snapshot.lines if not line.digital]
    releases = [line.release_at for line in goods if line.release_at]
    if snapshot.service != NAMED_DAY and not releases:
        return ()
    if not goods:
        return ()
    begins = list(_begins(parts, {node.id: node.timezone for node in nodes}))
    if not begins and releases:
        begins = [calendar.instant(date.fromisoformat(max(releases)), "00:00", "UTC")]
    until = min(begins, default=0)
    if until <= now:
        return ()
    reason = NAMED if snapshot.service == NAMED_DAY else RELEASE
    return (Hold(SCHEDULED, reason, until=until),)


def _begins(parts: Sequence[PlannedPart], zones: dict[str, str]) -> Iterable[int]:
    """When the day begins whose cut-off a part's promise was made with, at its node."""
    for part in parts:
        if part.promise and part.promise.cutoff:
            day = date.fromisoformat(part.promise.cutoff[:10])
            yield calendar.instant(day, "00:00", zones[part.node])


def ended(holds: Iterable[Hold], now: int) -> tuple[Hold, ...]:
    return tuple(hold for hold in holds if 0 < hold.until <= now)
