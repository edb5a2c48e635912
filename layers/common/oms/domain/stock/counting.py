"""An absolute count of one item: whether it still holds, and what it is worth now (domain 3.4).

Counts of one item are ordered by (as_of, id): the last one holds, whatever the order of arrival,
and a count that comes again changes nothing. So a count needs no marker beside the item.
"""

from __future__ import annotations

from enum import StrEnum

from ..errors import ValidationFailed
from ..ids import digest
from ..model.flows import WINDOW_S, forgettable_flows, moved_since
from ..model.movement_kind import MovementKind
from ..model.stock_item import Movement, StockItem

CLOCKS_DIFFER_S = 300  # how far ahead of ours a clock may be
ID_LENGTH = 10


class CountVerdict(StrEnum):
    """BOOK; REPEATED: it is the one that holds; STALE: a later one holds."""

    BOOK = "BOOK"
    REPEATED = "REPEATED"
    STALE = "STALE"


def check_time(as_of: int, now: int) -> None:
    """Raises ValidationFailed for a time that cannot be, or before which nothing is known."""
    if as_of > now + CLOCKS_DIFFER_S:
        raise ValidationFailed("counted in the future", fields={"/as_of": "is in the future"})
    if as_of < now - WINDOW_S:
        raise ValidationFailed(
            "counted too long ago to know what moved since",
            fields={"/as_of": f"is older than {WINDOW_S // 3600} hours: count again"},
        )


def judged(item: StockItem, id: str, as_of: int) -> CountVerdict:
    given, holds = (as_of, short(id)), (item.counted_at, item.count_id)
    if given == holds:
        return CountVerdict.REPEATED
    return CountVerdict.BOOK if given > holds else CountVerdict.STALE


def includes(item: StockItem | None, at: int, units: int) -> bool:
    """The last count saw what came (positive) or went then; `at` 0 is this moment."""
    if item is None or not at:
        return False
    return at <= item.counted_at if units > 0 else at < item.counted_at


def count(
    id: str,
    item: StockItem,
    counted: int,
    *,
    as_of: int,
    now: int,
    actor: str,
    cause: str = "count",
    fed: bool = False,
) -> Movement:
    """All units found as of then, and what moved since; `available` may fall below zero.

    `as_of` 0 is this moment: all that is booked had happened. `fed`: a line of a feed, which also
    tells that the feed is alive.
    """
    since = moved_since(item.flows, as_of) if as_of else 0
    on_hand, when = max(0, counted + since), as_of or now
    return Movement(
        id, MovementKind.COUNT, item.sku, item.node, counted,
        on_hand=on_hand - item.on_hand, cause=f"count:{id}", actor=actor,
        expected_version=item.version,
        counted_at=when, count_id=short(id), fed_at=max(when, item.fed_at) if fed else 0,
        forgets=forgettable_flows(item.flows, when, now),
        leaves=None if item.was_hot else item.available + on_hand - item.on_hand,
    )  # fmt: skip


def short(id: str) -> str:
    """What an item remembers of a count's id."""
    return digest("count", id, length=ID_LENGTH)
