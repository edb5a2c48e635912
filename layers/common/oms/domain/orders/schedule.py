"""Orders whose work begins later: a day of delivery was named, or the goods are not out yet.

Their stock is held at once. A hold keeps them from their nodes until work has to begin, so that
nobody ships too early; it ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..model import calendar
from ..model.carriage import NAMED_DAY
from ..model.node import Node
from ..model.order import SCHEDULED, Hold, OrderSnapshot
from ..model.plan import PlannedPart

NAMED, RELEASE = "NAMED_DAY", "RELEASE_DATE"


def schedule(
    snapshot: OrderSnapshot, parts: Sequence[PlannedPart], nodes: Sequence[Node], now: int
) -> tuple[Hold, ...]:
    """The hold until work begins; none for what begins at once."""
    goods = [line for line in snapshot.lines if not line.digital]
    releases = [line.release_at for line in goods if line.release_at]
    if snapshot.service != NAMED_DAY and not releases:
        return ()
    if not goods:
        return ()
    begins = list(_begins(parts, {node.id: node.timezone for node in nodes}))
    if not begins and releases:
        begins = [calendar.instant(date.fromisoformat(max(releases)), "00:00", "UTC")]
    until = min(begins, default=0)
    if until <= now:
        return ()
    reason = NAMED if snapshot.service == NAMED_DAY else RELEASE
    return (Hold(SCHEDULED, reason, until=until),)


def _begins(parts: Sequence[PlannedPart], zones: dict[str, str]) -> Iterable[int]:
    """When the day begins whose cut-off a part's promise was made with, at its node."""
    for part in parts:
        if part.promise and part.promise.cutoff:
            day = date.fromisoformat(part.promise.cutoff[:10])
            yield calendar.instant(day, "00:00", zones[part.node])


def ended(holds: Iterable[Hold], now: int) -> tuple[Hold, ...]:
    return tuple(hold for hold in holds if 0 < hold.until <= now)
