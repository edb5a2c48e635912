"""What a replay reads, keeps and hands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.model.rules import SourcingRules
    from ..domain.replaying.history import ReplayHistory
    from ..domain.replaying.replay_job import ReplayJob


class Replays(Protocol):
    def get(self, name: str) -> ReplayJob | None: ...

    def save(self, job: ReplayJob) -> ReplayJob:
        """If the stored version is the one that was read (LostRace else)."""


class PastReader(Protocol):
    def history(self, now: int, days: int, step: Callable[[str], None]) -> ReplayHistory:
        """Raises LimitExceeded."""

    def of_file(self, name: str) -> ReplayHistory:
        """Of the inbox bucket. Raises NotFound, ValidationFailed naming the line, LimitExceeded."""


class ReplayReport(NamedTuple):
    """`page`: one HTML file that needs nothing else; `result`: the same as plain data."""

    page: str
    result: Mapping[str, Any]


class Reporter(Protocol):
    """Sources a history again and writes down what would be different.

    `done` is told how many orders were sourced, every now and then; `more` is asked then whether
    there is time for more.
    """

    def __call__(
        self,
        history: ReplayHistory,
        rules: SourcingRules,
        title: str,
        names: Mapping[str, str],
        *,
        done: Callable[[int], None],
        more: Callable[[], bool],
    ) -> ReplayReport: ...


class Starter(Protocol):
    def __call__(self, name: str) -> None:
        """Begin the replay elsewhere; safe to repeat."""
