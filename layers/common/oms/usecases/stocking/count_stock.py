"""All units found at a node replace what was believed."""

from __future__ import annotations

from ...domain.model.stock_item import StockItem
from ...domain.stock import counting
from ..retrying import retrying
from .deps import Stocking
from .known_place import known_place
from .reports import Booked, StockCount, booked, stale


def count_stock(count: StockCount, actor: str, deps: Stocking) -> Booked:
    """What was found, whatever its state; what moved since stays moved. `stale`: a later count
    holds, nothing was booked.
    """
    sku, node, as_of, now = count.sku, count.node, count.as_of, deps.now
    known_place(sku, node, deps)
    counting.check_time(as_of or now, now)

    def attempt() -> Booked:
        first = deps.stock.items.get(sku, node) or StockItem(sku, node)
        if as_of and counting.judged(first, count.once, as_of) == counting.CountVerdict.STALE:
            return stale(sku, node, deps)
        item = deps.stock.fences.fence(sku, node, as_of or now) or first
        move = counting.count(
            count.once, item, count.counted, as_of=as_of, now=now, actor=actor, fed=count.fed
        )
        return booked(deps.stock.movements.book(move, now=now), sku, node, deps)

    return retrying(attempt)
