"""Work that a node will not do gives its place in the node's day back. Harmless when repeated."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.ids import claim_id
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.promising.work_day import Slot, work_day
from ...domain.sourcing.plan import PlannedPart, Promise
from ...ports import ConfigReader, Stock

GIVES_BACK = frozenset({"reject", "expire", "move", "withdraw", "cancel"})


def part_leaves(event: str, part: FulfilmentOrder, *, stock: Stock, config: ConfigReader) -> None:
    if event in GIVES_BACK:
        _leave(part.order_id, part.number, part.node, part.promise, stock, config)


def plans_leave(
    order_id: str, plans: list[PlannedPart], *, stock: Stock, config: ConfigReader
) -> None:
    for plan in plans:
        _leave(order_id, plan.number, plan.node, plan.promise, stock, config)


def _leave(
    order_id: str,
    number: int,
    node: str,
    promise: Promise | None,
    stock: Stock,
    config: ConfigReader,
) -> None:
    """Only nodes with a capacity have counted it."""
    try:
        capacity = config.node(node).daily_capacity
    except NotFound:
        return
    if capacity and promise:
        slot = Slot(node, work_day(promise), claim_id(order_id, number), capacity)
        stock.days.give_back([slot])
