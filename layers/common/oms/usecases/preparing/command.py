"""Who wants to do something to which part."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Worker


@dataclass(frozen=True, slots=True)
class PartCommand:
    """`version` is the one that the worker's screen shows; None: whatever the part is now."""

    order_id: str
    number: int
    worker: Worker
    version: int | None = None
