"""Effects of an order's own transitions: claims of plans that were given up are released, and a
cancellation reaches every part even when the call that started it died half-way."""

from __future__ import annotations

from dataclasses import replace

from ...domain.ids import claim_id
from ...domain.model.order import Order, OrderState
from ...domain.model.plan import PlannedPart
from ...domain.model.stock_location import MAIN
from ...domain.model.units import LineUnits, common
from ...domain.preparing import effects
from ...domain.stock import movements
from ...ports import Stock
from .follow_part import ACTOR


def given_up(order: Order, before: OrderState) -> list[PlannedPart]:
    """Plans that the state dropped without a fulfilment order taking them over."""
    known = {part.number for part in order.parts}
    still = {plan.number for plan in order.state.planned}
    if order.state.status == "CANCELLED":
        still = set()
    return [p for p in before.planned if p.number not in known and p.number not in still]


def reduce_plans(order: Order, before: OrderState, *, stock: Stock) -> None:
    """Claims of plans that hold fewer units than before; repeated it is no change."""
    known = {part.number for part in order.parts}
    earlier = {plan.number: plan for plan in before.planned}
    for plan in order.state.planned:
        first = earlier.get(plan.number)
        if plan.number in known or first is None or first.lines == plan.lines:
            continue
        kept = order.snapshot.per_sku(plan.lines)
        for sku in sorted(order.snapshot.per_sku(first.lines)):
            item = stock.items.get(sku, plan.node, plan.locations.get(sku, MAIN))
            claim = claim_id(order.id, plan.number)
            movement = movements.reduce(claim, item, kept.get(sku, 0)) if item else None
            if movement:
                stock.movements.move(replace(movement, actor=ACTOR))


def units_that_wait_no_more(order: Order, before: OrderState) -> LineUnits:
    """Units that waited for stock and were cancelled."""
    return common(order.state.cancelled, before.waiting)


def release_plans(order: Order, plans: list[PlannedPart], *, stock: Stock) -> None:
    """Harmless when repeated: a claim that is gone is skipped."""
    for plan in plans:
        claim = claim_id(order.id, plan.number)
        for sku in sorted({order.snapshot.line(no).sku for no in plan.lines}):
            item = stock.items.get(sku, plan.node, plan.locations.get(sku, MAIN))
            movement = effects.free(claim, item) if item else None
            if movement:
                stock.movements.move(replace(movement, actor=ACTOR))
