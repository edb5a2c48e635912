"""What was promised: which parts are to be there on which day, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.promising.outcomes import PromiseGroup, PromiseTally
    from ..domain.promising.punctuality import Margin

PartId = tuple[str, int]  # order id, number of the part


@dataclass(frozen=True, slots=True)
class Awaited:
    """One stored list of parts that are to be there on `day`; `id` tells it from others."""

    day: str
    id: str
    parts: tuple[PartId, ...]


class PromiseBook(Protocol):
    def await_parts(self, lists: Sequence[Awaited]) -> None:
        """Keep them; the same id again replaces what it was."""

    def awaited(self, day: str, *, after: str, limit: int) -> list[Awaited]:
        """Lists of a day by id, the first one after `after`."""

    def settle(
        self,
        done: Sequence[Awaited],
        tallies: Mapping[PromiseGroup, PromiseTally],
        later: Sequence[Awaited],
    ) -> None:
        """Drop `done`, add `tallies` and keep `later`: all or nothing, so each list counts once.

        Raises LostRace when one of them is gone already.
        """

    def kept(self, days: Sequence[str]) -> list[tuple[PromiseGroup, PromiseTally]]:
        """What came of what was promised for these ISO dates."""


class Lanes(Protocol):
    def publish(self, margins: Mapping[str, Margin], at: int) -> None:
        """The margins of all lanes that have one."""

    def margins(self) -> tuple[int, dict[str, Margin]]:
        """When they were learned (0: never), and lane → margin."""
