"""Re-evaluation: a part that no node has accepted yet moves when that pays.

Once in each window, which the sweep marks on the part. It never goes back to a node that it left
this way, so two nodes cannot pass it to and fro.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.network import Network
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from ...domain.preparing import moving
from ...domain.sourcing.reevaluation import reason_to_move
from .deps import Rerouting
from .rehome_part import MoveReason, reading_of, rehome_part

ACTOR = "sourcing"


def reconsider_part(order_id: str, number: int, *, deps: Rerouting) -> None:
    """Harmless when repeated. Raises LostRace."""
    order = deps.orders.get(order_id)
    part = order.part(number)
    if part is None or part.status != fo.ASSIGNED or order.state.cancel_reason:
        return
    reading = reading_of(order, deps)
    left = _left(order, part)
    reading = replace(reading, nodes=tuple(n for n in reading.nodes if n.id not in left))

    def pays(plan: Plan) -> str:
        return reason_to_move(plan, part.node, reading.channel)

    def choose(network: Network) -> Plan | None:
        plan = reading.plan(order, part.lines, _as_if_free(network, part))
        if not pays(plan):
            return None
        moving.check_movable(order, part)
        return plan

    rehome_part(order, part, choose, reading, orders=deps.orders, why=MoveReason(ACTOR, pays))


def _left(order: Order, part: FulfilmentOrder) -> frozenset[str]:
    """Nodes that these lines were moved away from."""
    return frozenset(
        each.node
        for each in order.parts
        if each.status == fo.SUPERSEDED and set(each.lines) & set(part.lines)
    )


def _as_if_free(network: Network, part: FulfilmentOrder) -> Network:
    """What the part itself holds at its node is there for it, and so is its place in the day."""
    available: Mapping[tuple[str, str], int] = MappingProxyType(
        {
            **network.available,
            **{
                (sku, part.node): network.available.get((sku, part.node), 0) + units
                for sku, units in part.by_sku.items()
            },
        }
    )
    here, load = (part.node, part.day), network.load
    if part.day and here in load:
        load = {**load, here: load[here] - 1}
    booked_out = network.booked_out - ({part.node} if part.day else set())
    return replace(network, available=available, load=load, booked_out=booked_out)
