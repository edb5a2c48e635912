"""A replay that somebody asked for: what of, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .. import lifecycle
from ..errors import IdempotencyConflict
from ..states import ReplayEvent, ReplayStatus

QUEUED: Final = "QUEUED"
RUNNING: Final = "RUNNING"
DONE: Final = "DONE"
FAILED: Final = "FAILED"
SILENT_S = 300  # a run that gave no sign of life for so long is taken to have died


@dataclass(frozen=True, slots=True)
class ReplayJob:
    """Of the last `days` days, or of `file` in the inbox bucket, by version `number` of `profile`.

    `done` of `total` orders; `step`: what is being done; `at`: when it was asked for, `seen_at`:
    its last sign of life (epoch seconds). `reason`: why it failed. `result`: as the reporter says.
    """

    name: str
    profile: str
    number: int
    days: int = 0
    file: str = ""
    at: int = 0
    status: ReplayStatus = QUEUED
    step: str = ""
    done: int = 0
    total: int = 0
    seen_at: int = 0
    reason: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0  # of the stored row

    @property
    def ended(self) -> bool:
        return self.status in (DONE, FAILED)


def same_replay(asked: ReplayJob, stored: ReplayJob) -> ReplayJob:
    """The stored one, when it is what is asked for again. Raises IdempotencyConflict."""
    for one in ("profile", "number", "days", "file"):
        if getattr(asked, one) != getattr(stored, one):
            raise IdempotencyConflict(
                f"there is a replay {asked.name} of something else", fields={f"/{one}": "differs"}
            )
    return stored


def started(job: ReplayJob, now: int) -> ReplayJob | None:
    """None: it ended, or another run is at it."""
    busy = job.status == RUNNING and now - job.seen_at < SILENT_S
    return None if job.ended or busy else replace(_moved(job, "start"), seen_at=now, done=0)


def progressed(job: ReplayJob, step: str, done: int, total: int, now: int) -> ReplayJob:
    return replace(_moved(job, "go_on"), step=step, done=done, total=total, seen_at=now)


def finished(job: ReplayJob, result: Mapping[str, Any], now: int) -> ReplayJob:
    return replace(_moved(job, "finish"), step="", result=result, seen_at=now)


def failed(job: ReplayJob, reason: str, now: int) -> ReplayJob:
    return replace(_moved(job, "fail"), step="", reason=reason, seen_at=now)


def _moved(job: ReplayJob, event: ReplayEvent) -> ReplayJob:
    return replace(job, status=lifecycle.step(lifecycle.REPLAY, job.status, event))
