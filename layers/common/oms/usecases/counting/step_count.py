"""The steps of a count by the staff of its node."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...domain.stock import count_session as s
from ...domain.stock.count_session import CountedUnits, CountSession
from ...domain.stock_lifecycles import CountEvent
from ...ports import Worker
from ..retrying import retrying
from .deps import Counting
from .read_count import view_count
from .save_count import save_count

ONCE = frozenset({CountEvent.REVIEW, CountEvent.POST, CountEvent.VOID})


def assign_count(id: str, assignee: str, worker: Worker, deps: Counting) -> CountSession:
    """Say who counts."""
    return _step(id, CountEvent.ASSIGN, lambda x: s.assign(x, assignee), worker, deps)


def count_lines(
    id: str, units: Sequence[CountedUnits], worker: Worker, deps: Counting
) -> CountSession:
    """What was found of some lines; once all are counted, the count is complete."""
    return _step(id, CountEvent.COUNT, lambda x: s.count(x, units, deps.now), worker, deps)


def review_count(id: str, worker: Worker, deps: Counting) -> CountSession:
    """What was believed to lie there then, beside what was counted."""

    def decide(session: CountSession) -> CountSession:
        found = deps.stocking.feeds.items([(line.sku, session.node) for line in session.lines])
        return s.review(session, {sku: item for (sku, _), item in found.items()})

    return _step(id, CountEvent.REVIEW, decide, worker, deps)


def recount(id: str, skus: Sequence[str], worker: Worker, deps: Counting) -> CountSession:
    """These lines are counted again; without any, all."""
    return _step(id, CountEvent.RECOUNT, lambda x: s.recount(x, skus), worker, deps)


def post_count(id: str, worker: Worker, deps: Counting) -> CountSession:
    """The stream books what was counted, once."""
    return _step(id, CountEvent.POST, lambda x: s.post(x, deps.now), worker, deps)


def void_count(id: str, worker: Worker, deps: Counting) -> CountSession:
    return _step(id, CountEvent.VOID, lambda x: x.moved(CountEvent.VOID), worker, deps)


def _step(
    id: str,
    event: CountEvent,
    decide: Callable[[CountSession], CountSession],
    worker: Worker,
    deps: Counting,
) -> CountSession:
    """One that has no body of its own, asked for again right after, is done already."""

    def attempt() -> CountSession:
        before = view_count(id, worker, deps)
        if event in ONCE and before.timeline[-1].kind == event:
            return before
        return save_count(before, decide(before), event, worker.actor, deps)

    return retrying(attempt)
