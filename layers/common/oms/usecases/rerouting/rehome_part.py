"""Give a part's units to other nodes. What holds at every moment: the units are held somewhere.

claim at the new nodes  → crash: nobody owns the claims, the orphan check releases them
one transaction         → part SUPERSEDED, its successors ASSIGNED, STATE one version further
the stream              → the claim at the old node is released, as often as it is told
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...domain.errors import LostRace
from ...domain.model.decision import MOVED, decision_record, parts_with_decision
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from ...domain.preparing import moving
from ...domain.timeline import Entry
from ...ports import Orders
from ..sourcing.assigned import assigned
from ..sourcing.hold_plan import Choose, hold_plan
from ..sourcing.reading import Reading
from .deps import Rerouting

MOVE = "move"


@dataclass(frozen=True, slots=True)
class MoveReason:
    """Who moves a part; `note` says why on the timeline, from the plan that was chosen."""

    actor: str
    note: Callable[[Plan], str]


def rehome_part(
    order: Order,
    part: FulfilmentOrder,
    choose: Choose,
    reading: Reading,
    *,
    orders: Orders,
    why: MoveReason,
) -> tuple[FulfilmentOrder, ...]:
    """The parts that follow; () when nothing was chosen: the part stays.

    Raises what `choose` raises, and LostRace when stock kept moving or somebody moved the order
    meanwhile. What was claimed then is left to the orphan check: a twin of this call may be living
    on it.
    """
    part.moved(MOVE)  # refused before anything is claimed
    held = hold_plan(order, reading, choose)
    if held.spent:
        raise LostRace(f"stock for order {order.id} kept moving; try again")
    if held.plan is None:
        return ()
    plan, after = held.plan, moving.superseded(part, held.plan)
    decided = decision_record(plan, order.next_decision, reading.now, MOVED)
    following = [
        assigned(order, each, reading) for each in parts_with_decision(plan.parts, decided.number)
    ]
    entry = Entry(
        order.state.version + 1, MOVE, reading.now, why.actor, _note(part, plan, why.note(plan))
    )
    return orders.supersede(order, order.state, after, following, entry, decided)


def _note(part: FulfilmentOrder, plan: Plan, why: str) -> str:
    nodes = ", ".join(planned.node for planned in plan.parts)
    said = f"part {part.number}: {part.node} to {nodes}"
    return f"{said}; {why}" if why else said


def reading_of(order: Order, deps: Rerouting) -> Reading:
    channel = deps.config.channel(order.snapshot.channel)
    return Reading(deps.stock, deps.config, channel, deps.config.nodes(channel), deps.now)
