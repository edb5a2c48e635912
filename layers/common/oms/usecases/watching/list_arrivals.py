"""What a batch of changes handed over goes on the list of the day on which it is to be there.

One list for each day and batch: a part costs no write of its own. A batch that is told again writes
over its lists, as its object in the lake (usecases/publishing/publish_changes.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.consequences.consequence import Mark, Noun
from ...domain.ids import digest
from ...domain.limits.promises import MAX_AWAITED_PARTS
from ...domain.preparing.arrivals import day_to_look
from ...domain.publishing.changes import StreamChange, happened
from ...ports.promises import Awaited, PartId

SHARD_LENGTH = 4


def list_arrivals(changes: Sequence[StreamChange]) -> list[Awaited]:
    """To be kept in the book of promises; most batches have none."""
    days: dict[str, list[PartId]] = {}
    for change in changes:
        what = happened(change)
        if not what or what.noun != Noun.FULFILMENT or Mark.AWAITED not in what.follows.marks:
            continue
        if day := day_to_look(what.row, what.row["last"]["at"]):
            part = change.pk.partition("#")[2], int(change.sk.partition("#")[2])
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
