"""Carrier scans: data about a parcel that may also tell that it left or arrived.

Monotone by the carrier's time: an older scan never replaces a newer one. That a parcel moves is
a fact whenever it is told, so a scan may be the first to say that a part was shipped. A carrier
that names a later day than the customer heard of puts the promise at risk: a step of its own.

A parcel that is sent back stays so, whenever that is told: "delivered" is then at the sender's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from ..ids import operation_id
from ..model import fulfilment as fo
from ..model import shipping
from ..model.fulfilment import FulfilmentOrder, Package
from ..model.shipping import TRACKING, TrackingUpdate
from . import arrivals, steps
from .steps import Step

FAILED = frozenset({shipping.FAILURE, shipping.RETURN_TO_SENDER})
SAYS_NOTHING = frozenset({shipping.UNKNOWN})
MOVES = frozenset(TRACKING) - SAYS_NOTHING - {shipping.PRE_TRANSIT}
TRACK = "track"
ENDS_JOURNEY = ("deliver", "return_to_sender")
MOST_DAYS = 60  # after a scan, that a carrier may name: beyond it is a slip of its clock


def label_request_id(part: FulfilmentOrder, package: int) -> str:
    """Idempotency key and shipper's reference of a label. Packed again, it is another label."""
    packed = [entry.version for entry in part.timeline if entry.kind == "pack"]
    return operation_id(part.order_id, "label", part.number, package, *packed[-1:])


def part_of_reference(reference: str) -> tuple[str, int] | None:
    """(order id, part number) of a label request; None for what is no reference of ours."""
    order_id, *steps = reference.split(":")
    if len(steps) < 3 or steps[0] != "label" or not all(_whole(step) for step in steps[1:]):
        return None
    return order_id, int(steps[1])


def _whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


def package_of(part: FulfilmentOrder, tracking: str) -> Package | None:
    return next((p for p in part.packages if tracking and p.tracking == tracking), None)


def step_for_scan(part: FulfilmentOrder, update: TrackingUpdate) -> Step | None:
    """The next step that a scan asks for, None when it tells nothing new.

    One scan may ask for two, one after the other: delivered before shipped was told.
    """
    package = package_of(part, update.tracking)
    if package is None or update.status in SAYS_NOTHING:
        return None
    ready = part.status in (fo.READY_TO_SHIP, fo.CANCELLED)
    if update.status in MOVES and ready and not steps.has_left(part):
        event, after = steps.ship(part)
        return event, steps.with_request(part, after)
    sent_back = update.status == shipping.RETURN_TO_SENDER and not package.sent_back
    if not sent_back and not _newer(package, update):
        return None
    known = _scanned(part, package, update)
    event = _event(known, update.status)
    if event in ENDS_JOURNEY and event in known.actions:
        return event, arrivals.arrived(known.moved(event))
    if event in known.actions:
        return event, known.moved(event)
    return _foreseen(known, update) or (TRACK, known)


def _foreseen(part: FulfilmentOrder, update: TrackingUpdate) -> Step | None:
    """The carrier expects to come later than was told last, on a day that can be believed."""
    announced = arrivals.announced_day(part)
    if part.status != fo.SHIPPED or not announced or update.eta <= announced:
        return None
    day, scanned = date.fromisoformat(update.eta), datetime.fromtimestamp(update.at, UTC).date()
    return arrivals.mark_at_risk(part, day) if (day - scanned).days <= MOST_DAYS else None


def _newer(package: Package, update: TrackingUpdate) -> bool:
    """At the same moment the further status wins, and nothing is further than delivered."""
    if not package.scan:
        return True
    return (update.at, _reach(update.status)) > (package.scan_at, _reach(package.scan))


def _reach(status: str) -> int:
    known = TRACKING.index(status) if status in TRACKING else 0
    return len(TRACKING) if status == shipping.DELIVERED else known


def _scanned(part: FulfilmentOrder, package: Package, update: TrackingUpdate) -> FulfilmentOrder:
    """One timeline entry stands for all mere scans: the item stays small."""
    seen = replace(
        package, sent_back=package.sent_back or update.status == shipping.RETURN_TO_SENDER
    )
    news = _newer(package, update)
    if news:
        seen = replace(seen, scan=update.status, scan_at=update.at)
    return replace(
        part,
        packages=tuple(seen if p.number == package.number else p for p in part.packages),
        tracking_status=(update.raw_status or update.status) if news else part.tracking_status,
        timeline=tuple(entry for entry in part.timeline if entry.kind != TRACK),
    )


def _event(part: FulfilmentOrder, status: str) -> str:
    """Delivered when every package is; failed with the first one. Back when none is under way any
    more, and one was sent back.
    """
    if all(package.scan == shipping.DELIVERED for package in part.packages):
        return (
            "return_to_sender" if any(package.sent_back for package in part.packages) else "deliver"
        )
    return "fail_delivery" if status in FAILED else TRACK
