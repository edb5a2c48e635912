"""Work that a node will not do gives its place in the node's day back. Harmless when repeated."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.ids import claim_id
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.plan import PlannedPart
from ...domain.promising.work_day import Slot, slots_of, work_day
from ...ports import ConfigReader, Stock

GIVES_BACK = frozenset({"reject", "expire", "move", "withdraw", "cancel"})


def part_leaves(event: str, part: FulfilmentOrder, *, stock: Stock, config: ConfigReader) -> None:
    if event in GIVES_BACK and (day := part.day or _day_before_it_was_kept(part, config)):
        give_back(part, part.node, day, stock)


def give_back(part: FulfilmentOrder, node: str, day: str, stock: Stock) -> None:
    stock.days.give_back([Slot(node, day, claim_id(part.order_id, part.number), 0)])


def plans_leave(order_id: str, plans: list[PlannedPart], *, stock: Stock) -> None:
    stock.days.give_back(slots_of(order_id, plans))


def _day_before_it_was_kept(part: FulfilmentOrder, config: ConfigReader) -> str:
    """Parts that were written before they named their day: it follows from the promise."""
    try:
        capacity = config.node(part.node).daily_capacity
    except NotFound:
        return ""
    return work_day(part.promise) if capacity and part.promise else ""
