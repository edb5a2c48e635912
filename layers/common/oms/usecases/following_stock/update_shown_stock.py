"""Quotes read a number of their own for each node's stock, which follows what is available.

The newest change of a row in a batch tells what the number should be. It is set unless that of a
later version is: what comes late or twice changes nothing, and however fast an item changes, the
number follows. Setting it is a change of the row itself: where an older number got in between, the
next change shows that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...domain.hot_stock.place import place_of
from ...domain.stock.availability import rounded_down
from ...ports import Row
from ...ports.shown_stock import ShownUnits
from .deps import FollowingStock

Changed = tuple[str, str, Row | None, Row | None]


def update_shown_stock(changes: Iterable[Changed], deps: FollowingStock) -> int:
    """(pk, sk, old, new) in their order; answers how many numbers were set."""
    newest: Mapping[tuple[str, str], Row] = {(pk, sk): new for pk, sk, _, new in changes if new}
    wrong = [each for (pk, sk), row in newest.items() if (each := _wrong(pk, sk, row))]
    return deps.shown.show(wrong)


def _wrong(pk: str, sk: str, row: Row) -> ShownUnits | None:
    """None where the row shows what it should, or is not shown: a further location."""
    place = place_of(pk, sk)
    if place is None or not place.is_main:
        return None
    units, version = rounded_down(row.get("av", 0)), row.get("v", 0)
    if units == row.get("sh"):
        return None
    return ShownUnits(place.sku, place.node, units, version)
