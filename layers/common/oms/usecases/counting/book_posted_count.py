"""A posted count changes stock: each of its lines is booked once. Runs from the stream."""

from __future__ import annotations

from ...domain.stock import count_session as s
from ...domain.stock_lifecycles import CountStatus
from ..stocking.book_feed import FeedKind, FeedLine, book_feed
from .deps import Counting
from .save_count import save_count


def book_posted_count(id: str, deps: Counting) -> bool:
    """True when it was news."""
    session = deps.sessions.get(id)
    if session is None or session.status != CountStatus.POSTED or session.booked:
        return False
    actor = session.timeline[-1].actor
    lines = [
        FeedLine(
            f"count:{session.id}", session.node, x.sku, FeedKind.COUNT, x.counted, x.counted_at
        )
        for x in session.lines
    ]
    results = book_feed(lines, actor, deps.stocking)
    after = s.posted(session, {each.sku: each.outcome for each in results})
    save_count(session, after, "book", actor, deps)
    return True
