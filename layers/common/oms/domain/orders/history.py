"""The timeline of an order: what happened to it, its parts and returns, and what was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.order import Order
from ..timeline import Entry

ORDER, PART, RETURN, MESSAGE = "order", "fulfilment", "return", "message"
_SAME_SECOND = (ORDER, RETURN, PART, MESSAGE)  # cause before effect where times are equal


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """`number`: of the part or return; `event`: what happened, for messages their status."""

    at: int
    of: str
    number: int
    event: str
    actor: str = ""
    note: str = ""
    version: int = 0


def history(order: Order) -> tuple[TimelineItem, ...]:
    """Oldest first. Items keep a bounded timeline; the lake has all of it."""
    return tuple(sorted(_all(order), key=_place))


def _place(happening: TimelineItem) -> tuple[int, int, int, int]:
    kind = _SAME_SECOND.index(happening.of)
    return happening.at, kind, happening.number, happening.version


def _all(order: Order) -> Iterator[TimelineItem]:
    snapshot = order.snapshot
    yield TimelineItem(snapshot.placed_at, ORDER, 0, "placed", f"channel:{snapshot.channel}")
    yield from _of(ORDER, 0, order.state.timeline)
    for part in order.parts:
        yield from _of(PART, part.number, part.timeline)
    for ret in order.returns:
        yield from _of(RETURN, ret.number, ret.timeline)
    for row in order.messages:
        at, number = int(str(row["at"])), int(str(row["part"]))
        yield TimelineItem(at, MESSAGE, number, str(row["status"]))


def _of(kind: str, number: int, timeline: tuple[Entry, ...]) -> Iterator[TimelineItem]:
    for entry in timeline:
        yield TimelineItem(
            entry.at, kind, number, entry.kind, entry.actor, entry.note, entry.version
        )
