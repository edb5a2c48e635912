"""A part of a drop-shipper is a purchase order to the supplier: pure steps, in its words.

The part is the one place for the facts; what a purchase order is called in each of its states
follows from it (`WORDS`). A supplier does not tell of picking and packing: its shipped notice is
one step, and names the units that left and the parcels, with the supplier's own carrier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from ..errors import IllegalTransition, ValidationFailed
from ..model import fulfilment as fo
from ..model.fulfilment import FulfilmentOrder, Package
from ..model.node import DROP_SHIPPER, SHIP, Node
from ..model.promise import Promise
from ..model.units import Units
from . import steps
from .steps import Step

DRAFT, SENT, ACKNOWLEDGED, SHIPPED = "DRAFT", "SENT", "ACKNOWLEDGED", "SHIPPED"
REJECTED, CANCELLED = "REJECTED", "CANCELLED"

# status of the part → that of the purchase order; it is never collected, nor sent to a store
WORDS: Mapping[str, str] = MappingProxyType(
    {
        fo.OFFERED: DRAFT,
        fo.ASSIGNED: SENT,
        **dict.fromkeys((fo.ACCEPTED, fo.PICKING, fo.PICKED, fo.PACKED), ACKNOWLEDGED),
        fo.READY_TO_SHIP: ACKNOWLEDGED,
        **dict.fromkeys(fo.HANDED_OVER - {fo.PICKED_UP}, SHIPPED),
        fo.REJECTED: REJECTED,
        **dict.fromkeys((fo.EXPIRED, fo.SUPERSEDED, fo.CANCELLED), CANCELLED),
    }
)


def is_purchase(node: Node, part: FulfilmentOrder) -> bool:
    """Whether `part` at `node` is one; what travels to a store first is prepared like any other."""
    return node.kind == DROP_SHIPPER and part.method == SHIP and not part.to


def acknowledge(part: FulfilmentOrder, ship_by: str, now: int) -> Step:
    """`ship_by`: the ISO date on which the supplier expects to ship, "" for the promised one."""
    _purchase(part)
    event, after = steps.accept(part, now)
    return event, replace(after, expected=promise_when_shipped_later(part.promise, ship_by))


def promise_when_shipped_later(promise: Promise | None, ship_by: str) -> Promise | None:
    """The promise when it leaves on `ship_by`, carried as long as planned; None: it is kept."""
    if promise is None or not promise.ship_by or ship_by <= promise.ship_by:
        return None
    delay = date.fromisoformat(ship_by) - date.fromisoformat(promise.ship_by)
    return replace(
        promise,
        ship_by=ship_by,
        deliver_by=_after(promise.deliver_by, delay),
        deliver_from=_after(promise.deliver_from, delay),
    )


def _after(day: str, delay: timedelta) -> str:
    return (date.fromisoformat(day) + delay).isoformat() if day else ""


def shipped(
    part: FulfilmentOrder,
    packages: Sequence[Package],
    found: Mapping[int, int],
    reasons: Mapping[int, str],
) -> Step:
    """The notice: `found` pieces per line left, all of a line that is not named.

    What did not leave is open again; nothing left at all is a rejection. What left although it was
    cancelled is recorded as the fact it is, which is about the whole of it.
    """
    _purchase(part)
    if part.status != fo.CANCELLED:
        part.moved("drop_ship")  # refused for its state before its numbers are looked at
    kept, short, why = fo.divided(part, found, reasons, "shipped")
    if part.status == fo.CANCELLED and not short:
        event, after = steps.ship(part)
        return event, replace(after, packages=_named(packages))
    if not kept:
        return "reject", part.moved("reject", reasons=why, due=None)
    after = part.moved(
        "drop_ship", lines=kept, lost=part.missed, short=short, reasons=why, due=None
    )
    return "drop_ship", replace(after, packages=_named(packages))


def before_notice(part: FulfilmentOrder) -> FulfilmentOrder:
    """The part as a shipped notice found it: to see whether two notices agree."""
    status = part.status if part.status == fo.CANCELLED else fo.ACCEPTED
    lines: dict[int, Units] = {
        no: fo.units_of(part.lines, no) | fo.units_of(part.short, no)
        for no in {*part.lines, *part.short}
    }
    return replace(part, status=status, lines=lines, short={}, packages=())


def notices_agree(one: FulfilmentOrder, other: FulfilmentOrder) -> bool:
    """Whether two notices left the part alike; scans that came since are no difference."""
    return _as_noticed(one) == _as_noticed(other)


def _as_noticed(part: FulfilmentOrder) -> tuple[object, ...]:
    parcels = [(package.carrier, package.tracking) for package in part.packages]
    rejected = part.status == fo.REJECTED
    return rejected, parcels, dict(part.lines), dict(part.short), dict(part.reasons)


def _named(packages: Sequence[Package]) -> tuple[Package, ...]:
    if not packages:
        wrong = {"/tracking": "at least one parcel"}
        raise ValidationFailed("a shipment has a tracking number", fields=wrong)
    return tuple(packages)


def _purchase(part: FulfilmentOrder) -> None:
    if not part.purchase:
        raise IllegalTransition("its node is no drop-shipper: this is no purchase order")
