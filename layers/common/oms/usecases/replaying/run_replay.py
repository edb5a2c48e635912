"""Source past orders again by a version of rules, and write the report. Nothing is held or moved.

Twice at once, the second run sees that one is at it; when a run dies, asking again begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...domain.errors import LostRace, Refused
from ...domain.replaying import replay_job as jobs
from ...domain.replaying.history import ReplayHistory
from ...domain.replaying.replay_job import ReplayJob
from ..steering.explain_order import node_names
from ..steering.validate_rules import valid_rules
from .deps import RunningReplay

HTML = "text/html; charset=utf-8"
RESERVE_S = 45  # kept to write the report


def run_replay(name: str, *, deps: RunningReplay) -> ReplayJob | None:
    """How it ended; None: there is no such replay, it ended, or another run is at it.

    Raises LostRace when another run took over.
    """
    stored = deps.replays.get(name)
    job = jobs.started(stored, deps.clock()) if stored else None
    if job is None:
        return None
    run = _Run(deps, deps.replays.save(job))
    try:
        result = run.replayed()
    except Refused as refused:
        return deps.replays.save(jobs.failed(run.job, refused.detail, deps.clock()))
    except LostRace:
        raise
    except Exception:
        deps.replays.save(replace(run.job, seen_at=0))  # whoever tries again need not wait
        raise
    return deps.replays.save(jobs.finished(run.job, result, deps.clock()))


@dataclass
class _Run:
    """`job` as it was saved last: saving it is the run's sign of life."""

    deps: RunningReplay
    job: ReplayJob

    def replayed(self) -> dict[str, object]:
        deps, job = self.deps, self.job
        rules = valid_rules(deps.steering.rules.version(job.profile, job.number), deps.steering)
        history = self._history()
        if not history.orders:
            raise Refused("there is no order in this history")

        def done(orders: int) -> None:
            self._progress("sourcing again", orders, history.orders)

        done(0)
        known = node_names(deps.steering.config)
        report = deps.report(
            history,
            rules,
            f"Replay with version {job.number} of “{job.profile}”",
            known | {node.id: node.name for node in history.place.nodes},
            done=done,
            more=lambda: deps.left_s() > RESERVE_S,
        )
        deps.documents.put(report_key(job.name), report.page.encode(), HTML)
        return dict(report.result)

    def _history(self) -> ReplayHistory:
        if self.job.file:
            self._progress("reading the file")
            return self.deps.past.of_file(self.job.file)
        return self.deps.past.history(self.deps.clock(), self.job.days, self._progress)

    def _progress(self, step: str, done: int = 0, total: int = 0) -> None:
        after = jobs.progressed(self.job, step, done, total, self.deps.clock())
        self.job = self.deps.replays.save(after)


def report_key(name: str) -> str:
    return f"replays/{name}.html"
