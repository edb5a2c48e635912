"""Counts as the staff of their node sees them."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.stock.count_session import CountSession
from ...ports import Worker
from .deps import Counting

MAX_LISTED = 100


def view_count(id: str, worker: Worker, deps: Counting) -> CountSession:
    found = deps.sessions.get(id)
    if found is None:
        raise NotFound("there is no such count")
    worker.may_work_at(found.node)
    return found


def list_open_counts(node: str, worker: Worker, deps: Counting) -> list[CountSession]:
    """Of a node, the first hundred."""
    worker.may_work_at(node)
    return deps.sessions.sessions(deps.sessions.open_at(node)[:MAX_LISTED])
