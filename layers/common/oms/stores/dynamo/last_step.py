"""What the stream reads of a row's last step: each version of a row is one event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...domain.timeline import Entry
from ...observability import correlation_id


def last_step(timeline: Sequence[Entry]) -> dict[str, Any]:
    """The attributes `v` and `last` of a row whose timeline this is."""
    entry = timeline[-1]
    return {"v": entry.version, "last": _plain(entry)}


def step_of_order(entry: Entry, cause: str = "") -> dict[str, Any]:
    """The attribute `last` of a row of an order or a cart. With the id of the request that it
    follows from: whoever follows the stream goes on under it (ADR 0039).
    """
    last = _plain(entry)
    if cause:
        last["cause"] = cause
    if id := correlation_id():
        last["c"] = id
    return last


def _plain(entry: Entry) -> dict[str, Any]:
    return {"k": entry.kind, "at": entry.at, "by": entry.actor}
