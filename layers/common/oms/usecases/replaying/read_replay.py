"""How far a replay is, and where its report can be read for a while."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.replaying.replay_job import DONE, ReplayJob
from .deps import Replaying
from .run_replay import report_key

LINK_TTL_S = 900


def read_replay(name: str, *, deps: Replaying) -> ReplayJob:
    """Raises NotFound."""
    job = deps.replays.get(name)
    if job is None:
        raise NotFound("there is no such replay")
    return job


def link_of(job: ReplayJob, *, deps: Replaying) -> str | None:
    """To its report; None before there is one."""
    if job.status != DONE:
        return None
    return deps.documents.url(report_key(job.name), ttl_s=LINK_TTL_S)
