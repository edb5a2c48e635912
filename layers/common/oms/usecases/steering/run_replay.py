"""Source past orders again by a version of rules, and write the report. Nothing is held or moved.

Twice at once, the second run sees that one is at it; when a run dies, asking again begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ...domain.errors import LostRace, Refused
from ...domain.replaying import job as jobs
from ...domain.replaying.history import ReplayHistory
from ...domain.replaying.job import Job
from ...ports import ConfigReader, Documents, RuleBook
from ...ports.replaying import PastReader, Replays, Reporter
from .explain_order import names
from .validate_rules import checked

HTML = "text/html; charset=utf-8"
RESERVE_S = 45  # kept to write the report


@dataclass
class Replaying:
    """`left_s`: seconds until the run is cut off."""

    replays: Replays
    past: PastReader
    book: RuleBook
    config: ConfigReader
    report: Reporter
    documents: Documents
    clock: Callable[[], int]
    left_s: Callable[[], float]

    def run(self, name: str) -> Job | None:
        """How it ended; None: there is no such replay, it ended, or another run is at it.

        Raises LostRace when another run took over.
        """
        stored = self.replays.get(name)
        job = jobs.begun(stored, self.clock()) if stored else None
        if job is None:
            return None
        self.job = self.replays.save(job)
        try:
            result = self._replayed()
        except Refused as refused:
            return self.replays.save(jobs.failed(self.job, refused.detail, self.clock()))
        except LostRace:
            raise
        except Exception:
            self.replays.save(replace(self.job, seen_at=0))  # whoever tries again need not wait
            raise
        return self.replays.save(jobs.finished(self.job, result, self.clock()))

    def _replayed(self) -> dict[str, object]:
        job = self.job
        rules = checked(self.book.version(job.profile, job.number), self.book, self.config)
        history = self._history()
        if not history.orders:
            raise Refused("there is no order in this history")

        def done(orders: int) -> None:
            self._tell("sourcing again", orders, history.orders)

        done(0)
        report = self.report(
            history,
            rules,
            f"Replay with version {job.number} of “{job.profile}”",
            names(self.config) | {node.id: node.name for node in history.place.nodes},
            done=done,
            more=lambda: self.left_s() > RESERVE_S,
        )
        self.documents.put(report_key(job.name), report.page.encode(), HTML)
        return dict(report.result)

    def _history(self) -> ReplayHistory:
        if self.job.file:
            self._tell("reading the file")
            return self.past.of_file(self.job.file)
        return self.past.history(self.clock(), self.job.days, self._tell)

    def _tell(self, step: str, done: int = 0, total: int = 0) -> None:
        self.job = self.replays.save(jobs.at(self.job, step, done, total, self.clock()))


def report_key(name: str) -> str:
    return f"replays/{name}.html"
