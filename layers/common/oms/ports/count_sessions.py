"""Cycle counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.stock.count_session import CountSession


class CountSessions(Protocol):
    def get(self, id: str) -> CountSession | None: ...

    def open_at(self, node: str) -> list[str]:
        """Ids of sessions that have not ended."""

    def sessions(self, ids: Sequence[str]) -> list[CountSession]:
        """Up to 100, eventually consistent."""

    def save(self, before: CountSession | None, after: CountSession) -> None:
        """Raises LostRace."""
