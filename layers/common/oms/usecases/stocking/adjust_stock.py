"""A correction of stock with its reason."""

from __future__ import annotations

from ...domain.errors import ValidationFailed
from ...domain.stock import counting, movements
from .deps import Stocking
from .known_place import known_place
from .reports import Booked, StockAdjustment, booked, stale


def adjust_stock(adjustment: StockAdjustment, actor: str, deps: Stocking) -> Booked:
    """Refused when it would take what is promised already. `stale`: a later count saw it, nothing
    was booked.
    """
    sku, node, delta, as_of = adjustment.sku, adjustment.node, adjustment.delta, adjustment.as_of
    known_place(sku, node, deps)
    if delta == 0:
        raise ValidationFailed("nothing to adjust", fields={"/delta": "must not be 0"})
    counting.check_time(as_of or deps.now, deps.now)
    if as_of and counting.includes(deps.stock.items.get(sku, node), as_of, delta):
        return stale(sku, node, deps)
    move = movements.adjust(
        adjustment.once, sku, node, delta, cause=adjustment.reason, actor=actor, at=as_of
    )
    return booked(deps.stock.movements.book(move, now=deps.now), sku, node, deps)
