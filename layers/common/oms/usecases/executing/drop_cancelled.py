"""A part was made of a plan while some of its units were cancelled: it loses them."""

from __future__ import annotations

from ...domain.model.order import Order
from ...domain.model.units import common
from ...domain.preparing.amending import amended, may_amend
from ...domain.timeline import Entry
from ...ports import Orders


def drop_cancelled(order: Order, number: int, orders: Orders, now: int) -> None:
    """Safe to repeat: what the part lost is in it no more."""
    part = order.part(number)
    if part is None:
        return
    gone = common(part.lines, order.state.cancelled)
    if gone and may_amend(part, gone):
        event, after = amended(part, gone)
        orders.save_part(after, Entry(part.version + 1, event, now, "change"))
