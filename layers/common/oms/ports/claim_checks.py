"""Fresh claims that are looked at later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .row import Row


class ClaimChecks(Protocol):
    def later(self, claims: Sequence[Row], delay_s: int) -> None:
        """Hand these out again after so many seconds, in one message."""
