"""What the business counts of a committed change: orders, declines, rejections, backorders.

Counted from the stream and not by whoever acts, so that a call said twice, or a provider's late
word, counts once and like every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .events import Row, StreamChange, event_of
from .promise_accuracy import measured

SEVERAL = "SEVERAL"  # lines of one part have different reasons
_NO_DIMENSIONS: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """One more of `name`; dimensions as (name, value), of few different values each."""

    name: str
    dimensions: tuple[tuple[str, str], ...] = _NO_DIMENSIONS


def counts_of(change: StreamChange) -> Iterator[Count]:
    """Nothing for a change that is no event."""
    event = event_of(change)
    if event is None or change.new is None:
        return
    for fits, count in RULES:
        if fits(event.type, change.old, change.new):
            yield count(event.type, change.new)


def _placed(type: str, old: Row | None, new: Row) -> bool:
    return type == "order.placed"


def _cancelled(type: str, old: Row | None, new: Row) -> bool:
    return type.startswith("order.") and _turned(old, new, "CANCELLED")


def _backordered(type: str, old: Row | None, new: Row) -> bool:
    """Accepted with units that wait, or units began to wait after a node failed.

    The first STATE repeats what the order was accepted with.
    """
    if type == "order.placed":
        return bool(new.get("waiting"))
    first = old is None
    return type.startswith("order.") and not first and not _waits(old) and _waits(new)


def _paid(type: str, old: Row | None, new: Row) -> bool:
    return type.startswith("payment.")


def _rejected(type: str, old: Row | None, new: Row) -> bool:
    return type in ("fulfilment.reject", "fulfilment.expire")


def _short(type: str, old: Row | None, new: Row) -> bool:
    return type == "fulfilment.pick" and bool(new.get("reasons"))


def _there(type: str, old: Row | None, new: Row) -> bool:
    return measured(type, new) is not None


def _promise(type: str, new: Row) -> Count:
    found = measured(type, new)
    return Count("Promises", (("outcome", found.outcome if found else ""),))


def _turned(old: Row | None, new: Row, status: str) -> bool:
    return new.get("status") == status != (old or {}).get("status")


def _waits(state: Row | None) -> bool:
    return bool((state or {}).get("waiting"))


def reason_of(reasons: Mapping[str, str]) -> str:
    """The one reason of all lines."""
    found = sorted(set(reasons.values()))
    return found[0] if len(found) == 1 else SEVERAL if found else ""


def _by_channel(name: str) -> Callable[[str, Row], Count]:
    return lambda _, new: Count(name, (("channel", str(new.get("channel", ""))),))


def _by_reason(name: str) -> Callable[[str, Row], Count]:
    return lambda _, new: Count(name, (("reason", reason_of(new.get("reasons", {}))),))


def _plain(name: str) -> Callable[[str, Row], Count]:
    return lambda *_: Count(name)


def _payment(type: str, new: Row) -> Count:
    return Count("Payments", (("event", type.partition(".")[2]),))


Fits = Callable[[str, Row | None, Row], bool]
RULES: tuple[tuple[Fits, Callable[[str, Row], Count]], ...] = (
    (_placed, _by_channel("Orders")),
    (_backordered, _plain("Backorders")),
    (_cancelled, _plain("Cancellations")),
    (_paid, _payment),
    (_rejected, _by_reason("Rejects")),
    (_short, _by_reason("ShortPicks")),
    (_there, _promise),
)
