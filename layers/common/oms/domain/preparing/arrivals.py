"""What is on its way or lies ready: watched on the day it is to be there, until it is.

there     delivered, or ready to be collected: its promise is measured
wait      a later day was told meanwhile, by the carrier or by us: looked at again on that day
late      its day has passed: a new one is computed and told, once
missing   that one has passed, too, or the carrier gave up: a human looks, and it counts as broken
gone      cancelled, or given to others: nothing was broken

A part is written when it is late, at no other look: one that is on time costs no write of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ..consequences.consequence import Mark
from ..consequences.table import marked
from ..model import fulfilment as fo
from ..model.fulfilment import FulfilmentOrder
from ..model.promise import Promise, day_of
from .deadlines import AT_RISK, LATE
from .steps import Step

GRACE_S = 12 * 3600  # after the day: the last scans come in the evening, and not all zones are UTC
BACK_DAYS = 14  # that a run of the watch looks back on
OLDEST_DAYS = 7  # what is handed over later than this after its day is looked at on that day

ARRIVED, WAIT, LATE_NOW, MISSING, GONE = "there", "wait", "late", "missing", "gone"
_ARRIVED_STATUSES = frozenset({fo.DELIVERED, fo.READY_FOR_PICKUP, fo.PICKED_UP, fo.UNCOLLECTED})

assert OLDEST_DAYS < BACK_DAYS


def day_to_look(row: Mapping[str, Any], now: int) -> str:
    """The ISO date on which a part is to be there, from its stored row; "" without a promise."""
    days = [row.get("promised", ""), *map(_day, (row.get("promise"), row.get("expected")))]
    last = max(days)
    oldest = datetime.fromtimestamp(now, UTC).date() - timedelta(days=OLDEST_DAYS)
    return max(last, oldest.isoformat()) if last else ""


def _day(promise: Mapping[str, Any] | None) -> str:
    return str((promise or {}).get("deliver_by") or (promise or {}).get("ready_by", "")[:10])


def announced_day(part: FulfilmentOrder) -> str:
    """The ISO date that was told last for the part."""
    return max(part.promised, day_of(part.promise), day_of(part.expected))


def day_over_at(day: str, grace_s: int) -> int:
    """When a day is over for those who watch; epoch seconds."""
    end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
    return int(end.timestamp()) + grace_s


def days_over(now: int, grace_s: int) -> list[str]:
    """The ISO dates that a run of the watch looks at, the oldest first."""
    last = datetime.fromtimestamp(now - grace_s, UTC).date() - timedelta(days=1)
    return [(last - timedelta(days=n)).isoformat() for n in reversed(range(BACK_DAYS))]


def arrival_state(part: FulfilmentOrder, now: int, grace_s: int) -> str:
    """What a look at the part finds: one of the words above."""
    if part.status in _ARRIVED_STATUSES:
        return ARRIVED
    if part.status in (fo.DELIVERY_FAILED, fo.RETURNED_TO_SENDER):
        return MISSING
    if part.status != fo.SHIPPED:
        return GONE
    if now < day_over_at(announced_day(part), grace_s):
        return WAIT
    return MISSING if _marked_late(part) else LATE_NOW


def _marked_late(part: FulfilmentOrder) -> bool:
    """Since it left; what its node was late with before is another story."""
    kinds = [entry.kind for entry in part.timeline]
    leaving = marked(Mark.LEFT)
    left = max((at for at, kind in enumerate(kinds) if kind in leaving), default=-1)
    return "late" in kinds[left + 1 :]


def left_at(part: FulfilmentOrder) -> int | None:
    """When it was handed over to the carrier; epoch seconds."""
    leaving = marked(Mark.LEFT)
    return next((entry.at for entry in reversed(part.timeline) if entry.kind in leaving), None)


def arrived_at(part: FulfilmentOrder) -> int | None:
    """Delivered, by the carrier's time where it gave one; a pickup: when it lay ready."""
    kind = "deliver" if part.status == fo.DELIVERED else "shelve"
    scans = [package.scan_at for package in part.packages if package.scan_at]
    if kind == "deliver" and scans:
        return max(scans)
    return next((entry.at for entry in reversed(part.timeline) if entry.kind == kind), None)


def promised_day(part: FulfilmentOrder) -> str:
    """What its promise is measured against."""
    return part.promised or day_of(part.promise)


def mark_late(part: FulfilmentOrder, day: date) -> Step:
    """Its day has passed; `day` is the new one."""
    return "late", replace(part, flags=part.flags | {LATE}, expected=rescheduled_promise(part, day))


def mark_at_risk(part: FulfilmentOrder, day: date) -> Step:
    """The carrier names a later day than was told."""
    return "at_risk", replace(
        part, flags=part.flags | {AT_RISK}, expected=rescheduled_promise(part, day)
    )


def arrived(part: FulfilmentOrder) -> FulfilmentOrder:
    """Delivered: nothing is late any more. What it came to stays on record."""
    return replace(part, flags=part.flags - {AT_RISK, LATE})


def rescheduled_promise(part: FulfilmentOrder, day: date) -> Promise:
    """What the part comes to when it is there on `day`."""
    before = part.expected or part.promise or Promise(part.method)
    return replace(before, deliver_by=day.isoformat(), deliver_from="")
