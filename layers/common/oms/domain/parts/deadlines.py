"""When a part must be looked at again, and what follows when nobody acted in time."""

from __future__ import annotations

from dataclasses import replace

from ..limits import ACCEPT_TIMEOUT_S
from ..orders.cancellation import CANCEL_REQUESTED
from ..sourcing.rules import Channel
from . import fulfilment as fo
from . import preparing
from .fulfilment import FulfilmentOrder
from .preparing import PACKED_OR_LATER, Step

NEEDS_CHANNEL = frozenset({fo.READY_FOR_PICKUP})


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
    if part.status == fo.ASSIGNED:
        return now + ACCEPT_TIMEOUT_S
    if part.status == fo.READY_FOR_PICKUP and channel:
        return pickup_due(shelved_at(part), channel, reminded=part.reminded)
    return None


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
    return None


def _uncollected(part: FulfilmentOrder, channel: Channel, now: int) -> Step:
    """Nobody loses the goods without a reminder and the time it promises, however late we are."""
    if part.reminded or not reminds(channel):
        return "lapse", part.moved("lapse", due=None)
    last = pickup_due(shelved_at(part), channel, reminded=True)
    due = max(last, now + channel.remind_before_s)
    return "remind", replace(part, reminded=True, due=due)
