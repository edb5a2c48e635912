"""Who wants to do something to which part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Worker(Protocol):
    """Who acts; the HTTP edge's principal is one."""

    @property
    def actor(self) -> str: ...

    def may_work_at(self, node: str) -> None:
        """Raises NotFound."""


@dataclass(frozen=True, slots=True)
class PartCommand:
    """`version` is the one that the worker's screen shows; None: whatever the part is now."""

    order_id: str
    number: int
    worker: Worker
    version: int | None = None
