"""Moving a part that no node has accepted: when it may be, and what follows from it.

The part ends as SUPERSEDED and names its successors, which hold the same units between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import IllegalTransition, LimitExceeded
from ..limits.orders import MAX_PART_NUMBER, MAX_PARTS
from ..model import fulfilment as fo
from ..model.decision import MAX_DECISIONS
from ..model.fulfilment import FulfilmentOrder
from ..model.order import Order
from ..model.plan import Plan
from ..model.units import LineUnits
from . import steps


def check_movable(order: Order, part: FulfilmentOrder) -> None:
    """Raises IllegalTransition once a node accepted it or the order is to be cancelled."""
    if order.state.cancel_reason:
        raise IllegalTransition("the order is being cancelled", **steps.situation_of(part))
    if part.status not in fo.UNACCEPTED:
        raise IllegalTransition(
            "only what no node has accepted can be moved", **steps.situation_of(part)
        )
    parts = order.next_part + MAX_PARTS
    if parts > MAX_PART_NUMBER or order.next_decision > MAX_DECISIONS:
        raise LimitExceeded(f"order {order.id} was moved too often; cancel it and order anew")


def superseded(part: FulfilmentOrder, plan: Plan) -> FulfilmentOrder:
    """The part after its units went to the parts of `plan`."""
    assert units_of_plan(plan) == dict(part.lines), "a move neither loses nor makes units"
    numbers = tuple(planned.number for planned in plan.parts)
    return replace(part.moved("move", due=None), successors=numbers)


def units_of_plan(plan: Plan) -> LineUnits:
    found: dict[int, frozenset[int]] = {}
    for planned in plan.parts:
        for no, which in planned.lines.items():
            assert not found.get(no, frozenset()) & which
            found[no] = found.get(no, frozenset()) | which
    return found


def successors(order: Order, part: FulfilmentOrder) -> Sequence[FulfilmentOrder]:
    return [each for each in order.parts if each.number in part.successors]
