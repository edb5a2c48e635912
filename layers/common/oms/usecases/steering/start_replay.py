"""Ask for a replay of past orders. Named by whoever asks, so that asking twice is asking once."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import LostRace
from ...domain.replaying.job import Job, same
from ...ports import ConfigReader, RuleBook
from ...ports.replaying import Replays, Starter
from .validate_rules import checked


def start_replay(
    asked: Job, *, replays: Replays, book: RuleBook, config: ConfigReader, start: Starter, now: int
) -> Job:
    """The replay as it is; until it has ended it is begun again, which does nothing while it runs.

    Raises NotFound for an unknown version, ValidationFailed for rules that are not valid,
    IdempotencyConflict for another replay of that name.
    """
    checked(book.version(asked.profile, asked.number), book, config)
    job = replays.get(asked.name) or _new(asked, replays, now)
    job = same(asked, job)
    if not job.ended:
        start(job.name)
    return job


def _new(asked: Job, replays: Replays, now: int) -> Job:
    try:
        return replays.save(replace(asked, at=now))
    except LostRace:
        job = replays.get(asked.name)
        assert job is not None, "somebody saved it"
        return job
