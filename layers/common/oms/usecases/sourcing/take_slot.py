"""A place in a node's day for units that no plan brought there: an offer that it claims, arriving
stock that somebody waits for.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.errors import LostRace, NodeCannotServe
from ...domain.ids import claim_id
from ...domain.limits.orders import MAX_PARTS
from ...domain.limits.sourcing import MAX_CLAIM_RETRIES
from ...domain.model.node import Node
from ...domain.model.order import Order
from ...domain.model.units import LineUnits
from ...domain.promising.promise import work_begins
from ...domain.promising.work_day import Slot
from ...domain.sourcing.vocabulary import CAPACITY_FULL
from ...ports import Stock
from .reading import Conflict, Reading


@dataclass(frozen=True, slots=True)
class TakenSlot:
    """`slot`: None at a node without a capacity; `new`: taken by this call, not held before."""

    slot: Slot | None = None
    new: bool = False

    @property
    def day(self) -> str:
        return self.slot.day if self.slot else ""

    def give_back(self, stock: Stock) -> None:
        if self.slot and self.new:
            stock.days.give_back([self.slot])


def take_slot(
    order: Order, number: int, lines: LineUnits, node: Node, reading: Reading
) -> TakenSlot:
    """The first day with room, for part `number` of the order. Taken again it is the same one.

    Raises NodeCannotServe when the node is booked out, LostRace.
    """
    most = node.daily_capacity
    if not most:
        return TakenSlot()
    demand = order.demand(lines, MAX_PARTS, reading.now)
    network = reading.calendar_of(node, order, first_part=number)
    for _ in range(MAX_CLAIM_RETRIES):
        day = work_begins(node, demand, reading.now, network)
        if not day or node.id in network.booked_out:
            raise NodeCannotServe(f"no day of {node.id} has room", reason=CAPACITY_FULL)
        slot = Slot(node.id, day, claim_id(order.id, number), most)
        taken, full = reading.stock.days.take_all([slot])
        if not full:
            return TakenSlot(slot, new=bool(taken))
        conflict = Conflict(days=frozenset({(node.id, day)}))
        network = reading.refreshed(network, conflict, order.snapshot, first_part=number)
    raise LostRace(f"the days of {node.id} kept filling; try again")
