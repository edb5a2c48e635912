"""Exception cases of all kinds, as one list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .row import Row


class Cases(Protocol):
    def page(
        self, status: str, *, since: int, until: int, limit: int, start: Mapping[str, Any] | None
    ) -> tuple[Sequence[Row], Row | None]:
        """Opened from `since` to `until`, the oldest first, and where the next page starts."""

    def get(self, pk: str, sk: str) -> Row:
        """Raises NotFound."""

    def save(self, case: Row) -> Row:
        """The next version of a case that was read; raises LostRace."""
