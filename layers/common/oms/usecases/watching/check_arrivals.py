"""The parts that were to be there by now: what came is measured, what did not is told.

read a list         → its parts and orders, as they are
late, missing       → the part or a case is written, conditionally: once, however often it is read
one transaction     → the list goes, its outcomes are counted, what is still awaited is on the list
                      of a later day. A crash before it: the same list is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from ...domain.errors import LostRace
from ...domain.ids import digest
from ...domain.limits.promises import MAX_ARRIVALS, MAX_AWAITED_PARTS
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import OrderSnapshot
from ...domain.preparing import arrivals
from ...domain.preparing.milestones import MILESTONE_CASE
from ...domain.promising.outcomes import PromiseGroup, PromiseTally, outcome
from ...domain.timeline import Entry
from ...ports import ConfigReader
from ...ports.promises import Awaited, PartId, PromiseBook
from ..retrying import retrying
from .carriage import carriage_of, day_after, record_of
from .deps import Watching

ACTOR, NOT_DELIVERED = "watch", "NOT_DELIVERED"
ID_LENGTH = 24


@dataclass(slots=True)
class Looked:
    """`found`: word of preparing/arrivals.py → parts; `errors` kept a list from being settled:
    the next run comes back to it.
    """

    found: dict[str, int] = field(default_factory=dict)
    errors: list[Exception] = field(default_factory=list)
    parts: int = 0


def check_arrivals(
    *, deps: Watching, grace_s: int = arrivals.GRACE_S, most: int = MAX_ARRIVALS
) -> Looked:
    """At most about `most` parts, the oldest days first. `grace_s`: after a day's end in UTC."""
    looked = Looked()
    for day in arrivals.days_over(deps.now, grace_s):
        for lists in _chunks(deps.book, day):
            if looked.parts >= most:
                return looked
            try:
                _settle(lists, looked, grace_s, deps)
            except Exception as error:  # of any kind: the caller logs it, other lists go on
                looked.errors.append(error)
    return looked


def _chunks(book: PromiseBook, day: str) -> Iterator[list[Awaited]]:
    """Lists of together at most MAX_AWAITED_PARTS parts."""
    after, chunk = "", list[Awaited]()
    while page := book.awaited(day, after=after, limit=MAX_AWAITED_PARTS):
        after = page[-1].id
        for each in page:
            if chunk and sum(len(one.parts) for one in [*chunk, each]) > MAX_AWAITED_PARTS:
                yield chunk
                chunk = []
            chunk.append(each)
    if chunk:
        yield chunk


def _settle(lists: Sequence[Awaited], looked: Looked, grace_s: int, deps: Watching) -> None:
    ids = dict.fromkeys(part for each in lists for part in each.parts)
    tallies: dict[PromiseGroup, PromiseTally] = {}
    later: dict[str, list[PartId]] = {}
    for part, snapshot in deps.orders.work(list(ids)):
        word, after = _looked_at(part, snapshot, grace_s, deps)
        looked.found[word] = looked.found.get(word, 0) + 1
        looked.parts += 1
        if word in (arrivals.WAIT, arrivals.LATE_NOW):
            later.setdefault(arrivals.announced_day(after), []).append(
                (after.order_id, after.number)
            )
        elif word != arrivals.GONE:
            group, tally = _outcome(after, snapshot, deps.config)
            tallies[group] = tallies.get(group, PromiseTally()) + tally
    with suppress(LostRace):  # another run was faster, and counted them
        deps.book.settle(lists, tallies, list(_later(lists, later)))


def _later(lists: Sequence[Awaited], days: dict[str, list[PartId]]) -> Iterable[Awaited]:
    """Named after what they come from: settled again, they are the same lists."""
    id = digest("later", *(f"{each.day}/{each.id}" for each in lists), length=ID_LENGTH)
    return (Awaited(day, id, tuple(parts)) for day, parts in days.items())


def _looked_at(
    part: FulfilmentOrder, snapshot: OrderSnapshot, grace_s: int, deps: Watching
) -> tuple[str, FulfilmentOrder]:
    """What was found, and the part after it."""
    word = arrivals.arrival_state(part, deps.now, grace_s)
    if word in (arrivals.LATE_NOW, arrivals.MISSING):
        return retrying(lambda: _overdue(part, snapshot, grace_s, deps))
    return word, part


def _overdue(
    read: FulfilmentOrder, snapshot: OrderSnapshot, grace_s: int, deps: Watching
) -> tuple[str, FulfilmentOrder]:
    """Read again, consistently: a scan may just have come."""
    part = deps.orders.part(read.order_id, read.number)
    word = arrivals.arrival_state(part, deps.now, grace_s)
    if word == arrivals.LATE_NOW:
        day = day_after(carriage_of(part, snapshot, deps.config), deps.config, deps.now)
        event, after = arrivals.mark_late(part, day)
        entry = Entry(part.version + 1, event, deps.now, ACTOR)
        return word, deps.orders.save_part(after, entry)
    if word == arrivals.MISSING and part.status == fo.SHIPPED:
        detail = {"reason": NOT_DELIVERED, "node": part.node, "at": deps.now}
        deps.orders.open_case(part.order_id, MILESTONE_CASE, part.number, detail)
    return word, part


def _outcome(
    part: FulfilmentOrder, snapshot: OrderSnapshot, config: ConfigReader
) -> tuple[PromiseGroup, PromiseTally]:
    carriage = carriage_of(part, snapshot, config)
    nowhere = part.status in (fo.SHIPPED, fo.DELIVERY_FAILED, fo.RETURNED_TO_SENDER)
    arrived_at = None if nowhere else arrivals.arrived_at(part)
    promised = arrivals.promised_day(part)
    group = PromiseGroup(promised, snapshot.channel, part.method, part.node, carriage.lane)
    return group, outcome(promised, arrived_at, record_of(carriage, part, arrived_at, config))
