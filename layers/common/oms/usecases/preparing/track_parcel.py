"""A carrier's scan reaches its part: data, and sometimes the news that it left or arrived."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from ...domain.errors import IllegalTransition, NotFound
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.shipping import TrackingUpdate
from ...domain.preparing import tracking
from ...domain.preparing.deadlines import LATE
from ...domain.preparing.milestones import MILESTONE_CASE
from ...domain.timeline import Entry
from ...ports import Orders
from ..retrying import retrying
from ..serving.resolve_case import resolve_case
from .deps import Preparing
from .ship_part import report_late_shipment

APPLIED, OLD_NEWS, NOT_OURS = "APPLIED", "OLD_NEWS", "NOT_OURS"
DELIVERY_FAILED = "DELIVERY_FAILED"
CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class Tracked:
    """What became of a scan: APPLIED (`events` happened), OLD_NEWS, or NOT_OURS. `part`: as it is
    now, None where it is not ours.
    """

    event_id: str
    outcome: str
    events: tuple[str, ...] = ()
    part: FulfilmentOrder | None = None


def track_parcel(update: TrackingUpdate, *, deps: Preparing) -> Tracked:
    """The reference that the carrier echoes names the part; the tracking number must agree."""
    found = tracking.part_of_reference(update.reference)
    if found is None:
        return Tracked(update.event_id, NOT_OURS)
    order_id, number = found
    try:
        return retrying(lambda: _follow(order_id, number, update, deps))
    except NotFound:
        return Tracked(update.event_id, NOT_OURS)


def _follow(order_id: str, number: int, update: TrackingUpdate, deps: Preparing) -> Tracked:
    """Step by step until the scan has nothing more to tell: each is one write of its own."""
    orders, now = deps.orders, deps.now
    part = orders.part(order_id, number)
    if tracking.package_of(part, update.tracking) is None:
        return Tracked(update.event_id, NOT_OURS)
    events: list[str] = []
    while step := tracking.step_for_scan(part, update):
        event, after = step
        if event in tracking.ENDS_JOURNEY and LATE in part.flags:
            close_late(order_id, number, orders=orders, now=now)
        by = part.packages[0].carrier or CARRIER
        entry = Entry(part.version + 1, event, now, by)
        part = orders.save_part(after, entry, cause=update.event_id)
        events.append(event)
    _cases(part, orders, now)
    outcome = APPLIED if events else OLD_NEWS
    return Tracked(update.event_id, outcome, tuple(events), part)


def close_late(order_id: str, number: int, *, orders: Orders, now: int) -> None:
    """The parcel is there: nobody needs to look for it. Before the part says so, so that a crash
    between the two is healed by the same scan.
    """
    with suppress(NotFound, IllegalTransition):
        case = (MILESTONE_CASE, number)
        resolve_case(order_id, case, "delivered", actor=CARRIER, orders=orders, now=now)


def _cases(part: FulfilmentOrder, orders: Orders, now: int) -> None:
    """What a human has to see; opened once however often it is told."""
    report_late_shipment(part, orders=orders, now=now)
    sent_back = part.status == fo.DELIVERED and any(each.sent_back for each in part.packages)
    if part.status == fo.DELIVERY_FAILED or sent_back:
        detail = {"reason": part.tracking_status, "node": part.node, "at": now}
        orders.open_case(part.order_id, DELIVERY_FAILED, part.number, detail)
