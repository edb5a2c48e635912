"""What every foreign format shares: doubts, and what can be read although something is missing.

Refused (ValidationFailed, which parks the message for a human) is only what cannot be kept at
all: no order id, no lines. Every other trouble is a hold on a recorded order.

Codes that begin a hold's reason: UNREADABLE_LINE, NO_SKU, UNKNOWN_CURRENCY, INCOMPLETE_ADDRESS,
UNKNOWN_PICKUP_NODE, ALREADY_SHIPPED, CANCELLED_BY_CHANNEL and those of each format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ...domain import ids
from ...domain.errors import ValidationFailed
from ...domain.limits.orders import (
    MAX_EXTERNAL_ID_LENGTH,
    MAX_PROPERTIES,
    MAX_SKU_LENGTH,
    MAX_TEXT_LENGTH,
)
from ...domain.model.address import Address
from ...domain.model.channel import Channel
from ...domain.model.currencies import CURRENCIES
from ...domain.model.order import Hold
from ...domain.model.promise import Promise
from . import loose

STANDARD, EXPRESS = "standard", "express"
EXTERNAL_MEANS = "external"  # kind and provider of money that the channel holds


def hold(kind: str, code: str, detail: str = "") -> Hold:
    """Blocks routing until a human looked; the detail never names a person."""
    reason = f"{code}: {detail}" if detail else code
    return Hold(kind, reason[:MAX_TEXT_LENGTH])


def external_id(value: object, pointer: str) -> str:
    found = loose.text(value, MAX_EXTERNAL_ID_LENGTH + 1)
    if not found or len(found) > MAX_EXTERNAL_ID_LENGTH:
        raise ValidationFailed("The message has no order id", fields={pointer: "no order id"})
    return found


def variant(channel: Channel, id: str) -> str:
    """The SKU that the channel's `settings["variants"]` name for its own id of what was sold."""
    return loose.text(loose.at(channel.settings, "variants", id)) if id else ""


def properties(given: object) -> dict[str, str]:
    """What was chosen for a line, as it is shown: names that begin with _ are the shop's own."""
    pairs = (
        (loose.text(each.get("name")), loose.text(each.get("value"))) for each in loose.objs(given)
    )
    shown = {name: value for name, value in pairs if name and value and not name.startswith("_")}
    return dict(list(shown.items())[:MAX_PROPERTIES])


def is_service(channel: Channel, sku: object) -> bool:
    """Whether the channel's `settings["services"]` name the SKU: insurance, installation."""
    named = channel.settings.get("services")
    return isinstance(named, list | tuple) and bool(sku) and sku in named


def sku(
    value: object, fallback: str, number: int, *, service: bool = False
) -> tuple[str, tuple[Hold, ...]]:
    """The merchant's SKU, or a made-up one that says where to look, with a hold: but for a
    service, which is looked for nowhere.
    """
    found = loose.text(value, MAX_SKU_LENGTH + 1)
    if found and len(found) <= MAX_SKU_LENGTH:
        return found, ()
    if service:
        return fallback[:MAX_SKU_LENGTH], ()
    return fallback[:MAX_SKU_LENGTH], (hold("MANUAL", "NO_SKU", f"line {number}"),)


def quantity(value: object, number: int) -> tuple[int, tuple[Hold, ...]]:
    """Units of a line; an unreadable one counts as one unit until a human looked."""
    found = loose.count(value)
    if found is None:
        return 1, (hold("MANUAL", "UNREADABLE_LINE", f"line {number}"),)
    return found, ()


def currency(channel: Channel, *candidates: object) -> tuple[str, tuple[Hold, ...]]:
    """The first active code; else the channel's, with a hold."""
    for candidate in candidates:
        if isinstance(candidate, str) and candidate in CURRENCIES:
            return str(candidate), ()
    return channel.currency, (hold("MANUAL", "UNKNOWN_CURRENCY"),)


def customer_id(channel: Channel, order: str, given: str, email: str) -> str:
    """Within the channel's own name space: never the id of a customer of another channel."""
    if given:
        return f"{channel.id}:{given}"
    if email:
        return f"{channel.id}:{ids.digest('email', email.casefold())}"
    return f"{channel.id}:order:{order}"


def address_holds(to: Address | None) -> Iterator[Hold]:
    """What a carrier needs; names of fields only."""
    required = ("name", "line1", "city", "country")
    missing = [name for name in required if not (to and getattr(to, name))]
    if missing:
        yield hold("ADDRESS", "INCOMPLETE_ADDRESS", ", ".join(missing))


def country(value: object) -> str:
    found = loose.text(value, 3).upper()
    return found if len(found) == 2 and found.isascii() and found.isalpha() else ""


def service(channel: Channel, *, fast: bool) -> str:
    return EXPRESS if fast and EXPRESS in channel.services else STANDARD


def location(channel: Channel, place: str) -> str:
    """The node behind the channel's own name of a place, "" when nobody mapped it."""
    return loose.text(loose.at(channel.settings, "locations", place))


def pickup(channel: Channel, place: str) -> tuple[str, tuple[Hold, ...]]:
    """The node to collect from; an unknown one is chosen by a human."""
    node = location(channel, place)
    return node, () if node else (hold("MANUAL", "UNKNOWN_PICKUP_NODE", place),)


def degrees(value: object, bound: int) -> str:
    """Decimal degrees as text, "" beyond ±`bound`."""
    found = loose.decimal(value)
    return f"{found:.6f}" if found is not None and found.copy_abs() <= bound else ""


def promise(
    channel: Channel, method: str, service: str, ship_by: object, deliver_by: object
) -> Promise | None:
    """What the marketplace promised; a day is one of the channel's `settings["timezone"]`."""
    zone = ZoneInfo(str(channel.settings.get("timezone", "UTC")))
    ship, deliver = _local(ship_by, zone), _local(deliver_by, zone)
    if ship is None and deliver is None:
        return None
    return Promise(
        method=method,
        service=service,
        ship_by=ship.date().isoformat() if ship else "",
        deliver_by=deliver.date().isoformat() if deliver else "",
        source="EXTERNAL",
    )


def _local(value: object, zone: ZoneInfo) -> datetime | None:
    found = loose.instant(value)
    try:
        return found.astimezone(zone) if found else None
    except OverflowError:  # the first and last day of the calendar
        return None


def unique(*groups: Sequence[Hold]) -> tuple[Hold, ...]:
    return tuple(dict.fromkeys(hold for group in groups for hold in group))
