"""Give a part's units to other nodes. What holds at every moment: the units are held somewhere.

claim at the new nodes  → crash: nobody owns the claims, the orphan check releases them
one transaction         → part SUPERSEDED, its successors ASSIGNED, STATE one version further
the stream              → the claim at the old node is released, as often as it is told
"""

from __future__ import annotations

from ...domain.orders.order import Order
from ...domain.parts import moving
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.sourcing.plan import Plan
from ...domain.steering.record import MOVED, naming, record
from ...domain.timeline import Entry
from ...ports import ConfigReader, Orders, Stock
from ..executing.assigned import assigned
from ..placing.claim_stock import claim
from ..placing.reading import Reading

MOVE = "move"


def rehome_part(
    order: Order,
    part: FulfilmentOrder,
    plan: Plan,
    reading: Reading,
    *,
    orders: Orders,
    actor: str,
    note: str = "",
) -> tuple[FulfilmentOrder, ...]:
    """The parts that follow; () when stock was gone before it could be claimed.

    Raises LostRace when somebody moved the order meanwhile. What was claimed then is left to the
    orphan check: a twin of this call may be living on it.
    """
    after = moving.moved(part, plan)
    decided = record(plan, order.next_decision, reading.now, MOVED)
    claimed = claim(order.snapshot, plan, reading)
    if not claimed:
        return ()
    planned = naming(claimed.parts, decided.number)
    following = [assigned(order, each, reading) for each in planned]
    entry = Entry(order.state.version + 1, MOVE, reading.now, actor, _note(part, plan, note))
    return orders.supersede(order, order.state, after, following, entry, decided)


def _note(part: FulfilmentOrder, plan: Plan, why: str) -> str:
    nodes = ", ".join(planned.node for planned in plan.parts)
    said = f"part {part.number}: {part.node} to {nodes}"
    return f"{said}; {why}" if why else said


def reading_of(order: Order, *, stock: Stock, config: ConfigReader, now: int) -> Reading:
    channel = config.channel(order.snapshot.channel)
    return Reading(stock, config, channel, config.nodes(channel), now)
