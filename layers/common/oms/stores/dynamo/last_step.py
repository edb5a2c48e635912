"""What the stream reads of a document's last step: each version of its row is one event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...domain.timeline import Entry


def last_step(timeline: Sequence[Entry]) -> dict[str, Any]:
    """The attributes `v` and `last` of a row whose timeline this is."""
    entry = timeline[-1]
    return {"v": entry.version, "last": {"k": entry.kind, "at": entry.at, "by": entry.actor}}
