"""A part was made of a plan while some of its units were cancelled: it loses them."""

from __future__ import annotations

from ...domain.model.order import Order
from ...domain.model.units import NO_UNITS
from ...domain.preparing.amending import amended, may_amend
from ...domain.timeline import Entry
from ...ports import Orders


def drop_cancelled(order: Order, number: int, orders: Orders, now: int) -> None:
    """Safe to repeat: what the part lost is in it no more."""
    part = order.part(number)
    if part is None:
        return
    cancelled = order.state.cancelled
    gone = {no: which & cancelled.get(no, NO_UNITS) for no, which in part.lines.items()}
    if any(gone.values()) and may_amend(part, gone):
        event, after = amended(part, gone)
        orders.save_part(after, Entry(part.version + 1, event, now, "change"))
