"""When a part must be looked at again, and what follows when nobody acted in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ..limits.digital import LOOK_AFTER_S
from ..limits.preparing import ACCEPT_TIMEOUT_S
from ..model import fulfilment as fo
from ..model.channel import Channel
from ..model.fulfilment import FulfilmentOrder
from ..model.node import PICKUP
from ..orders.cancellation import CANCEL_REQUESTED
from . import offering, steps
from .milestones import Milestones
from .steps import PACKED_OR_LATER, Step

NEEDS_CHANNEL = frozenset({fo.READY_FOR_PICKUP})
IN_PREPARATION = frozenset(
    {fo.ACCEPTED, fo.PICKING, fo.PICKED, fo.PACKED, fo.READY_TO_SHIP, fo.IN_TRANSFER, fo.ARRIVED}
)
LATE = "LATE"  # flag: what was promised has passed, somebody was told
AT_RISK = "AT_RISK"  # flag: a milestone on the way to it has passed
NOT_PACKED = frozenset({fo.ACCEPTED, fo.PICKING, fo.PICKED})
MARKED = NOT_PACKED | {fo.IN_TRANSFER}  # a milestone lies between them and the promise


def sends_reminder(channel: Channel) -> bool:
    return 0 < channel.remind_before_s < channel.collect_within_s


def pickup_due(shelved_at: int, channel: Channel, *, reminded: bool) -> int:
    """First the reminder, then the last moment to collect."""
    last = shelved_at + channel.collect_within_s
    return last if reminded or not sends_reminder(channel) else last - channel.remind_before_s


def shelved_at(part: FulfilmentOrder) -> int:
    moments = [entry.at for entry in part.timeline if entry.kind == "shelve"]
    return moments[-1] if moments else part.assigned_at


def deadline_after_refusal(part: FulfilmentOrder, channel: Channel | None, now: int) -> int | None:
    """The deadline of a part whose cancel request was refused."""
    if part.status == fo.ASSIGNED or part.status in IN_PREPARATION:
        return now + ACCEPT_TIMEOUT_S
    if part.status == fo.READY_FOR_PICKUP and channel:
        return pickup_due(shelved_at(part), channel, reminded=part.reminded)
    return None


def milestone(part: FulfilmentOrder) -> int | None:
    """When it is to be ready or to leave, by its promise or what it came to: of a day its end, in
    UTC. What travels to a store first has to leave, and then to be ready there.
    """
    promise = part.expected or part.promise
    if promise is None:
        return None
    leaves = bool(promise.ship_by) and part.status not in (fo.IN_TRANSFER, fo.ARRIVED)
    if part.method == PICKUP and promise.ready_by and not leaves:
        return int(datetime.fromisoformat(promise.ready_by).timestamp())
    day = promise.ship_by or promise.deliver_by
    if not day:
        return None
    start = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    return int((start + timedelta(days=1)).timestamp())


def first_due(part: FulfilmentOrder, marks: Milestones | None, last: int) -> FulfilmentOrder:
    """A part to be accepted until `last`; looked at earlier when its promise asks for it."""
    if marks and part.assigned_at < marks.accept < last:
        return replace(part, due=marks.accept, expires=last)
    return replace(part, due=last)


def with_review(part: FulfilmentOrder, review_s: int) -> FulfilmentOrder:
    """The part, re-evaluated every `review_s` until it is accepted or expires; 0: not at all."""
    if not review_s or part.due is None:
        return part
    last = part.expires or part.due
    risk_at = part.due if part.expires else 0
    watched = replace(part, review_s=review_s, risk_at=risk_at, expires=last)
    return replace(watched, due=_next_look(watched, part.assigned_at))


def _next_look(part: FulfilmentOrder, now: int) -> int:
    assert part.expires is not None
    moments = [part.expires]
    moments += [now + part.review_s] if part.review_s else []
    moments += [part.risk_at] if part.risk_at > now else []
    return min(moments)


def _unaccepted(part: FulfilmentOrder, now: int) -> Step:
    """Nobody claimed an offer; its promise comes to be at risk; a window of re-evaluation ends;
    or the time to accept is over.
    """
    if part.digital:
        return "try_again", part.moved("try_again", due=now + LOOK_AFTER_S)
    if part.status == fo.OFFERED:
        return offering.unclaimed(part, now)
    if part.expires is None or now >= part.expires:
        reasons = dict.fromkeys(part.lines, fo.TIMEOUT)
        return "expire", part.moved("expire", reasons=reasons, due=None)
    following = replace(part, due=_next_look(part, now))
    if not part.review_s or (0 < part.risk_at <= now and AT_RISK not in part.flags):
        return "at_risk", replace(following, flags=part.flags | {AT_RISK})
    return "review", following.moved("review")


def overdue(
    part: FulfilmentOrder, channel: Channel | None, now: int, before: int | None = None
) -> Step | None:
    """What the passing of time does to the part; None when nothing is due.

    `channel` is needed for the states in NEEDS_CHANNEL. `before`: when a part in MARKED has to have
    done its next step, so that the promise can still be kept.
    """
    if part.due is None or part.due > now:
        return None
    if part.request == CANCEL_REQUESTED:
        if part.status in PACKED_OR_LATER:
            return steps.refuse_to_cancel(part, deadline_after_refusal(part, channel, now))
        later = deadline_after_refusal(part, channel, now) if part.asked else None
        return steps.agree_to_cancel(part, later)
    if part.status in fo.UNACCEPTED:
        return _unaccepted(part, now)
    if part.status == fo.READY_FOR_PICKUP and channel:
        return _uncollected(part, channel, now)
    if part.status in IN_PREPARATION:
        return _unprepared(part, now, before)
    return None


def _unprepared(part: FulfilmentOrder, now: int, before: int | None) -> Step:
    """Accepting was in time; packing, or arriving at the store, is the next to watch, then the
    promise: a human looks.
    """
    promised = milestone(part)
    if promised is None or promised <= now:
        return "late", replace(part, flags=part.flags | {LATE}, due=None)
    mark = before if before and part.status in MARKED else promised
    if now < mark < promised:
        return "set_deadline", replace(part, due=mark)
    if mark < promised and not part.flags & {AT_RISK, LATE}:
        return "at_risk", replace(part, flags=part.flags | {AT_RISK}, due=promised)
    return "set_deadline", replace(part, due=promised)


def _uncollected(part: FulfilmentOrder, channel: Channel, now: int) -> Step:
    """Nobody loses the goods without a reminder and the time it promises, however late we are."""
    if part.reminded or not sends_reminder(channel):
        return "lapse", part.moved("lapse", due=None)
    last = pickup_due(shelved_at(part), channel, reminded=True)
    due = max(last, now + channel.remind_before_s)
    return "remind", replace(part, reminded=True, due=due)
