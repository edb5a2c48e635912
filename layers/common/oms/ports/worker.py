"""Who acts."""

from __future__ import annotations

from typing import Protocol


class Worker(Protocol):
    """Who acts; the HTTP edge's principal is one."""

    @property
    def actor(self) -> str: ...

    def may_work_at(self, node: str) -> None:
        """Raises NotFound."""
