"""Handover to the carrier. What left although it was cancelled is recorded and becomes a case."""

from __future__ import annotations

from ...domain.model.fulfilment import CANCELLED, FulfilmentOrder
from ...domain.preparing import steps
from ...ports import Orders
from .command import PartCommand
from .deps import Preparing
from .move_part import free_to_leave, move_part


def ship_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    def step(part: FulfilmentOrder) -> steps.Step:
        event, after = steps.ship(part)
        if event == "ship":
            free_to_leave(part, deps)
        return event, after

    part = move_part(command, step, done=steps.has_left, deps=deps)
    report_late_shipment(part, orders=deps.orders, now=deps.now)
    return part


def report_late_shipment(part: FulfilmentOrder, *, orders: Orders, now: int) -> None:
    """After the fact is written; repeated with it, opened once."""
    if part.status == CANCELLED and steps.has_left(part):
        detail = {"reason": steps.SHIPPED_AFTER_CANCEL, "node": part.node, "at": now}
        orders.open_case(part.order_id, steps.SHIPPED_AFTER_CANCEL, part.number, detail)
