"""Ask for a replay of past orders. Named by whoever asks, so that asking twice is asking once."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import LostRace
from ...domain.replaying.replay_job import ReplayJob, same_replay
from ...ports.replaying import Replays
from ..steering.validate_rules import valid_rules
from .deps import Replaying


def start_replay(asked: ReplayJob, *, deps: Replaying) -> ReplayJob:
    """The replay as it is; until it has ended it is begun again, which does nothing while it runs.

    Raises NotFound for an unknown version, ValidationFailed for rules that are not valid,
    IdempotencyConflict for another replay of that name.
    """
    steering, replays = deps.steering, deps.replays
    valid_rules(steering.rules.version(asked.profile, asked.number), steering)
    job = replays.get(asked.name) or _new(asked, replays, steering.now)
    job = same_replay(asked, job)
    if not job.ended:
        deps.start(job.name)
    return job


def _new(asked: ReplayJob, replays: Replays, now: int) -> ReplayJob:
    try:
        return replays.save(replace(asked, at=now))
    except LostRace:
        job = replays.get(asked.name)
        assert job is not None, "somebody saved it"
        return job
