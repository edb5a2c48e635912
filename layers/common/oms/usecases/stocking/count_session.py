"""Cycle counts: made, assigned, counted, reviewed, and posted to stock once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...domain.errors import IdempotencyConflict, NotFound, ValidationFailed
from ...domain.stock import session as s
from ...domain.stock.session import CountLine, CountSession
from ...domain.timeline import Entry, append
from ...ports import ConfigReader, CountSessions, StockFeeds
from ..retrying import retrying
from .feed_stock import COUNT, Feeding, FeedLine, feed_stock

MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class Counting:
    """Who does it, where they may work (raises NotFound elsewhere), and the stores."""

    actor: str
    may_work_at: Callable[[str], None]
    sessions: CountSessions
    feeds: StockFeeds
    config: ConfigReader
    now: int


def create(id: str, node: str, skus: Sequence[str], doing: Counting) -> CountSession:
    """The same id is the same session. Raises NotFound, ValidationFailed, IdempotencyConflict."""
    doing.may_work_at(node)
    doing.config.node(node)
    products = doing.config.products(skus)
    wrong = {f"/skus/{n}": "unknown" for n, sku in enumerate(skus) if sku not in products}
    if wrong:
        raise ValidationFailed("not every SKU is known", fields=wrong)

    def attempt() -> CountSession:
        there = doing.sessions.get(id)
        if there:
            if (there.node, [line.sku for line in there.lines]) != (node, list(skus)):
                raise IdempotencyConflict(f"{id} is another count", fields={"/id": "is taken"})
            return there
        made = CountSession(id, node, tuple(CountLine(sku) for sku in skus))
        return _saved(None, made, "create", doing)

    return retrying(attempt)


def view(id: str, doing: Counting) -> CountSession:
    found = doing.sessions.get(id)
    if found is None:
        raise NotFound("there is no such count")
    doing.may_work_at(found.node)
    return found


def open_sessions(node: str, doing: Counting) -> list[CountSession]:
    """Of a node, the first hundred."""
    doing.may_work_at(node)
    return doing.sessions.sessions(doing.sessions.open_at(node)[:MAX_LISTED])


def advance(id: str, event: str, said: Mapping[str, Any], doing: Counting) -> CountSession:
    """One step with what its body says; said again right after, it is done already."""

    def attempt() -> CountSession:
        before = view(id, doing)
        if event in ("review", "post", "void") and before.timeline[-1].kind == event:
            return before
        return _saved(before, STEPS[event](before, doing, **said), event, doing)

    return retrying(attempt)


def _assign(session: CountSession, doing: Counting, assignee: str) -> CountSession:
    return s.assign(session, assignee)


def _count(session: CountSession, doing: Counting, found: Sequence[s.CountedUnits]) -> CountSession:
    return s.count(session, found, doing.now)


def _review(session: CountSession, doing: Counting) -> CountSession:
    found = doing.feeds.items([(line.sku, session.node) for line in session.lines])
    return s.review(session, {sku: item for (sku, _), item in found.items()})


def _recount(session: CountSession, doing: Counting, skus: Sequence[str]) -> CountSession:
    return s.recount(session, skus)


def _post(session: CountSession, doing: Counting) -> CountSession:
    return s.post(session, doing.now)


def _void(session: CountSession, doing: Counting) -> CountSession:
    return session.moved("void")


STEPS: Mapping[str, Callable[..., CountSession]] = {
    "assign": _assign,
    "count": _count,
    "review": _review,
    "recount": _recount,
    "post": _post,
    "void": _void,
}


def book_posted(id: str, feeding: Feeding, sessions: CountSessions) -> bool:
    """A posted session's counts, each booked once; runs from the stream. True when it was news."""
    session = sessions.get(id)
    if session is None or session.status != "POSTED" or session.booked:
        return False
    feeding = replace(feeding, actor=session.timeline[-1].actor)
    lines = [
        FeedLine(f"count:{session.id}", session.node, x.sku, COUNT, x.counted, x.counted_at)
        for x in session.lines
    ]
    results = feed_stock(lines, feeding)
    after = s.posted(session, {each.sku: each.outcome for each in results})
    entry = Entry(session.version + 1, "book", feeding.now, feeding.actor)
    timeline = append(session.timeline, entry)
    sessions.save(session, replace(after, version=session.version + 1, timeline=timeline))
    return True


def _saved(
    before: CountSession | None, after: CountSession, event: str, doing: Counting
) -> CountSession:
    version = (before.version if before else 0) + 1
    entry = Entry(version, event, doing.now, doing.actor)
    timeline = append(before.timeline if before else (), entry)
    made = replace(after, version=version, timeline=timeline)
    doing.sessions.save(before, made)
    return made
