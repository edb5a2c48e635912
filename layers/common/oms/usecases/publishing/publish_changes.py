"""The stream is the outbox: each batch becomes one object in the lake and its events on the bus.

Both are safe to repeat: the object's key and the events' ids follow from the batch. What the bus
does not take is raised, so that the stream delivers the batch again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ...domain.ids import digest
from ...domain.publishing.changes import StreamChange, is_stock
from ...domain.publishing.events import event_of
from ...domain.publishing.lake_lines import ORDERS, STOCK, line_of
from ...ports import Bus, Lake

SHARD_LENGTH = 4


def publish_changes(changes: Sequence[StreamChange], *, bus: Bus, lake: Lake) -> int:
    """How many events were put on the bus."""
    for folder, batch in _by_folder(changes).items():
        lines = [line for change in batch if (line := line_of(change))]
        if lines:
            lake.put(key(folder, batch[0]), lines)
    events = [event for change in changes if (event := event_of(change))]
    bus.put(events)
    return len(events)


def key(folder: str, first: StreamChange) -> str:
    """A stream goes on from where it stopped, so a batch delivered again begins with the same
    change, and overwrites its object, be it longer or shorter this time.

    Sequence numbers are unique within a shard; an item stays in its shard.
    """
    day = datetime.fromtimestamp(first.at, UTC).date().isoformat()
    shard = digest("shard", first.pk, length=SHARD_LENGTH)
    return f"{folder}/dt={day}/{first.id}-{shard}.jsonl"


def _by_folder(changes: Sequence[StreamChange]) -> dict[str, list[StreamChange]]:
    """A stream is of one table; its folder follows from the items."""
    found: dict[str, list[StreamChange]] = {}
    for change in changes:
        if is_stock(change):
            found.setdefault(STOCK, []).append(change)
        elif change.pk.startswith("O#"):
            found.setdefault(ORDERS, []).append(change)
    return found
