"""What a batch of changes handed over goes on the list of the day on which it is to be there.

One list for each day and batch: a part costs no write of its own. A batch that is told again writes
over its lists, as its object in the lake (usecases/publishing/publish_changes.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.ids import digest
from ...domain.limits.promises import MAX_AWAITED_PARTS
from ...domain.preparing.arrivals import HANDED_OVER, day_to_look
from ...domain.publishing.events import StreamChange, event_of
from ...ports.promises import Awaited, PartId

PART = "FO"  # kind of sort key
SHARD_LENGTH = 4


def list_arrivals(changes: Sequence[StreamChange]) -> list[Awaited]:
    """To be kept in the book of promises; most batches have none."""
    days: dict[str, list[PartId]] = {}
    for change in changes:
        event = event_of(change) if change.sk.partition("#")[0] == PART else None
        if event is None or event.type not in HANDED_OVER or change.new is None:
            continue
        if day := day_to_look(change.new, event.at):
            part = event.detail["order_id"], event.detail["number"]
            days.setdefault(day, []).append(part)
    if not days:
        return []
    first = changes[0]
    id = f"{first.id}-{digest('shard', first.pk, length=SHARD_LENGTH)}"
    return [each for day, parts in days.items() for each in _lists(day, id, parts)]


def _lists(day: str, id: str, parts: list[PartId]) -> list[Awaited]:
    most = MAX_AWAITED_PARTS
    return [
        Awaited(day, f"{id}-{start // most}", tuple(parts[start : start + most]))
        for start in range(0, len(parts), most)
    ]
