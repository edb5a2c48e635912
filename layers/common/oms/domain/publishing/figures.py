"""What the business counts of a committed change: orders, declines, rejections, backorders.

Counted from the stream and not by whoever acts, so that a call said twice, or a provider's late
word, counts once and like every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..consequences.consequence import Metric, Noun
from .changes import Happened, Row, StreamChange, happened
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
    what = happened(change)
    if what is None:
        return
    if metric := what.follows.metric:
        yield from COUNTED[metric](what)
    if _backordered(what, change.old):
        yield Count("Backorders")
    if what.noun == Noun.ORDER and _turned(change.old, what.row, "CANCELLED"):
        yield Count("Cancellations")
    if what.noun == Noun.FULFILMENT and (promise := measured(what.event, what.row)):
        yield Count("Promises", (("outcome", promise.outcome),))


def _order(what: Happened) -> Iterator[Count]:
    yield Count("Orders", (("channel", str(what.row.get("channel", ""))),))


def _payment(what: Happened) -> Iterator[Count]:
    yield Count("Payments", (("event", what.event),))


def _reject(what: Happened) -> Iterator[Count]:
    yield Count("Rejects", (("reason", reason_of(what.row.get("reasons", {}))),))


def _case(what: Happened) -> Iterator[Count]:
    yield Count("Cases", (("kind", str(what.row.get("kind", ""))), ("event", what.event)))


def _short_pick(what: Happened) -> Iterator[Count]:
    if reasons := what.row.get("reasons"):
        yield Count("ShortPicks", (("reason", reason_of(reasons)),))


COUNTED: Mapping[Metric, Callable[[Happened], Iterator[Count]]] = MappingProxyType(
    {
        Metric.ORDERS: _order,
        Metric.PAYMENTS: _payment,
        Metric.REJECTS: _reject,
        Metric.SHORT_PICKS: _short_pick,
        Metric.CASES: _case,
    }
)


def _backordered(what: Happened, old: Row | None) -> bool:
    """Accepted with units that wait, or units began to wait after a node failed.

    The first STATE repeats what the order was accepted with.
    """
    if what.noun != Noun.ORDER:
        return False
    if what.follows.metric is Metric.ORDERS:
        return _waits(what.row)
    return old is not None and not _waits(old) and _waits(what.row)


def _turned(old: Row | None, new: Row, status: str) -> bool:
    return new.get("status") == status != (old or {}).get("status")


def _waits(state: Row | None) -> bool:
    return bool((state or {}).get("waiting"))


def reason_of(reasons: Mapping[str, str]) -> str:
    """The one reason of all lines."""
    found = sorted(set(reasons.values()))
    return found[0] if len(found) == 1 else SEVERAL if found else ""
