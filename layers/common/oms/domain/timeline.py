"""Compact timeline kept on an item: what happened, when, by whom. The lake keeps all of it."""

from __future__ import annotations

from dataclasses import dataclass

from .limits.orders import MAX_TIMELINE


@dataclass(frozen=True, slots=True)
class Entry:
    """`version` is the item version that this made; `at` epoch seconds; `kind` an event name."""

    version: int
    kind: str
    at: int
    actor: str = "system"
    note: str = ""


def append(timeline: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """The first entry is always kept; the oldest others give way."""
    full = (*timeline, entry)
    return full if len(full) <= MAX_TIMELINE else (full[0], *full[-MAX_TIMELINE + 1 :])
