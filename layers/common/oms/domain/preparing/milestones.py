"""Milestones: when each step of a part has to be done so that its promise is kept.

The chain of the promise walked backwards, in the node's opening hours:

leave    closing of the day it ships; for a pickup the moment it is to be ready
pack     HANDOVER_S before it leaves; a pickup lies ready once it is packed
arrive   what travels to a store: closing of the day from which receiving it takes until it is ready
accept   what preparation takes, before the day's closing on which work has to begin
route    the time a node has to answer, before that

Epoch seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..model.calendar import WorkingTime, local, nth_day_before, working_time
from ..model.node import Node
from ..model.promise import Promise
from ..promising.promise import epoch

MILESTONE_CASE = "MILESTONE"  # kind of the exception case that a missed one opens
HANDOVER_S = 1800  # from packed to the carrier's door
PICKUP_SHARE = 2  # half of the time until a pickup is ready is for accepting it


@dataclass(frozen=True, slots=True)
class Milestones:
    route: int
    accept: int
    pack: int
    leave: int


def milestones(
    promise: Promise, node: Node, holidays: Mapping[str, frozenset[str]]
) -> Milestones | None:
    """None for a promise that names neither a day to ship nor a time to be ready."""
    if promise.ship_by:
        leave, accept = _shipping(date.fromisoformat(promise.ship_by), node, holidays)
        pack = leave - HANDOVER_S
    elif promise.ready_by:
        leave = pack = epoch(promise.ready_by)
        accept = leave - node.prep_minutes * 60 // PICKUP_SHARE
    else:
        return None
    accept = min(accept, pack)
    return Milestones(accept - node.accept_timeout_s, accept, pack, leave)


def arrival(promise: Promise, store: Node, holidays: Mapping[str, frozenset[str]]) -> int | None:
    """When what travels to a store has to be there, to be received until it is to lie ready."""
    if not promise.ready_by:
        return None
    work = working_time(store, holidays)
    shelf = local(epoch(promise.ready_by), store.timezone).date()
    if not store.receive_days:
        return epoch(promise.ready_by)
    return _closing(work, nth_day_before(shelf, store.receive_days, work.works_on))


def _shipping(day: date, node: Node, holidays: Mapping[str, frozenset[str]]) -> tuple[int, int]:
    work = working_time(node, holidays)
    begins = nth_day_before(day, node.prep_days, work.works_on)
    return _closing(work, day), _closing(work, begins) - node.prep_minutes * 60


def _closing(work: WorkingTime, day: date) -> int:
    """Of a day it does not work after all: when it closed last."""
    return work.closed_at(day if work.works_on(day) else nth_day_before(day, 1, work.works_on))
