"""Work that a node will not do gives its place in the node's day back. Harmless when repeated."""

from __future__ import annotations

from ...domain.consequences.table import of_part
from ...domain.errors import NotFound
from ...domain.ids import claim_id
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.plan import PlannedPart
from ...domain.promising.work_day import Slot, slots_of, work_day
from ...ports import ConfigReader, Stock


def free_day_of_part(
    event: str, part: FulfilmentOrder, *, stock: Stock, config: ConfigReader
) -> None:
    if of_part(event).frees_day and (day := part.day or _day_before_it_was_kept(part, config)):
        free_day(part, part.node, day, stock)


def free_day(part: FulfilmentOrder, node: str, day: str, stock: Stock) -> None:
    stock.days.give_back([Slot(node, day, claim_id(part.order_id, part.number), 0)])


def free_days_of_plans(order_id: str, plans: list[PlannedPart], *, stock: Stock) -> None:
    stock.days.give_back(slots_of(order_id, plans))


def _day_before_it_was_kept(part: FulfilmentOrder, config: ConfigReader) -> str:
    """Parts that were written before they named their day: it follows from the promise."""
    try:
        capacity = config.node(part.node).daily_capacity
    except NotFound:
        return ""
    return work_day(part.promise) if capacity and part.promise else ""
