"""When a part must be looked at again, and what follows when nobody acted in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ..limits import ACCEPT_TIMEOUT_S
from ..orders.cancellation import CANCEL_REQUESTED
from ..sourcing.network import PICKUP
from ..sourcing.rules import Channel
from . import fulfilment as fo
from . import preparing
from .fulfilment import FulfilmentOrder
from .preparing import PACKED_OR_LATER, Step

NEEDS_CHANNEL = frozenset({fo.READY_FOR_PICKUP})
IN_PREPARATION = frozenset({fo.ACCEPTED, fo.PICKING, fo.PICKED, fo.PACKED, fo.READY_TO_SHIP})
LATE = "LATE"  # flag: a milestone passed, somebody was told


def reminds(channel: Channel) -> bool:
    return 0 < channel.remind_before_s < channel.collect_within_s


def pickup_due(shelved_at: int, channel: Channel, *, reminded: bool) -> int:
    """First the reminder, then the last moment to collect."""
    last = shelved_at + channel.collect_within_s
    return last if reminded or not reminds(channel) else last - channel.remind_before_s


def shelved_at(part: FulfilmentOrder) -> int:
    moments = [entry.at for entry in part.timeline if entry.kind == "shelve"]
    return moments[-1] if moments else part.assigned_at


def uncovered(part: FulfilmentOrder, channel: Channel | None, now: int) -> int | None:
    """The deadline of a part whose cancel request was refused."""
    watched = part.status in IN_PREPARATION and LATE not in part.flags
    if part.status == fo.ASSIGNED or watched:
        return now + ACCEPT_TIMEOUT_S
    if part.status == fo.READY_FOR_PICKUP and channel:
        return pickup_due(shelved_at(part), channel, reminded=part.reminded)
    return None


def milestone(part: FulfilmentOrder) -> int | None:
    """When it was promised to be ready or to leave: of a day its end, in UTC."""
    if part.promise is None:
        return None
    if part.method == PICKUP and part.promise.ready_by:
        return int(datetime.fromisoformat(part.promise.ready_by).timestamp())
    day = part.promise.ship_by or part.promise.deliver_by
    if not day:
        return None
    start = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    return int((start + timedelta(days=1)).timestamp())


def overdue(part: FulfilmentOrder, channel: Channel | None, now: int) -> Step | None:
    """What the passing of time does to the part; None when nothing is due.

    `channel` is needed for the states in NEEDS_CHANNEL.
    """
    if part.due is None or part.due > now:
        return None
    if part.request == CANCEL_REQUESTED:
        if part.status in PACKED_OR_LATER:
            return preparing.refuse_to_cancel(part, uncovered(part, channel, now))
        return preparing.agree_to_cancel(part)
    if part.status == fo.ASSIGNED:
        reasons = dict.fromkeys(part.lines, fo.TIMEOUT)
        return "expire", part.moved("expire", reasons=reasons, due=None)
    if part.status == fo.READY_FOR_PICKUP and channel:
        return _uncollected(part, channel, now)
    if part.status in IN_PREPARATION:
        return _unprepared(part, now)
    return None


def _unprepared(part: FulfilmentOrder, now: int) -> Step:
    """Accepting was in time; what was promised is the next to watch, then a human looks."""
    promised = milestone(part)
    if promised is not None and promised > now:
        return "rearm", replace(part, due=promised)
    return "late", replace(part, flags=part.flags | {LATE}, due=None)


def _uncollected(part: FulfilmentOrder, channel: Channel, now: int) -> Step:
    """Nobody loses the goods without a reminder and the time it promises, however late we are."""
    if part.reminded or not reminds(channel):
        return "lapse", part.moved("lapse", due=None)
    last = pickup_due(shelved_at(part), channel, reminded=True)
    due = max(last, now + channel.remind_before_s)
    return "remind", replace(part, reminded=True, due=due)
