"""A step of a count, with its entry in the timeline, as the session's next version."""

from __future__ import annotations

from dataclasses import replace

from ...domain.stock.count_session import CountSession
from ...domain.timeline import Entry, append
from .deps import Counting


def save_count(
    before: CountSession | None, after: CountSession, event: str, actor: str, deps: Counting
) -> CountSession:
    """Raises LostRace."""
    version = (before.version if before else 0) + 1
    timeline = append(before.timeline if before else (), Entry(version, event, deps.now, actor))
    made = replace(after, version=version, timeline=timeline)
    deps.sessions.save(before, made)
    return made
