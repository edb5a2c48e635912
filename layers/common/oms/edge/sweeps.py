"""What a sweep did and saw, in figures; a failing item is a fault: logged, and an alarm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from ..observability import count, fault, logger

FAILED, SKIPPED = "failed", "skipped"


class Swept(Protocol):
    """`event` is "" for an item that moved on by itself."""

    @property
    def order_id(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def error(self) -> Exception | None: ...


def report(found: Iterable[Swept]) -> dict[str, int]:
    """Event → how often it happened."""
    counts: dict[str, int] = {}
    for each in found:
        outcome = FAILED if each.error else each.event or SKIPPED
        counts[outcome] = counts.get(outcome, 0) + 1
        if each.error:
            fault(each.error, order=each.order_id, item=each.item)
    for outcome, number in counts.items():
        count("Swept", number, event=outcome)
    return counts


def report_dead_letters(waiting: Mapping[str, int]) -> None:
    """One figure for all queues; the log says which ones hold messages."""
    count("DeadLetters", sum(waiting.values()))
    if filled := {name: number for name, number in waiting.items() if number}:
        logger.warning("dead letters", extra={"queues": filled})
