"""Source past orders again, one after another, from the stock that the rules themselves left.

Both sides are measured alike: the same tariff, distances and weights price what happened and what
would have happened, so that only the choice of nodes differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..limits.orders import MAX_UNITS
from ..model.carriage import cheapest, level
from ..model.geo import distance_km
from ..model.network import Network
from ..model.node import PICKUP, Node
from ..model.plan import Plan
from ..model.rules import SourcingRules
from ..promising.promise import overall
from ..promising.work_day import work_day
from ..sourcing.scarcity import ScarcityPrices, looking_ahead
from ..sourcing.source import source
from .past import PastOrder, ReplayNetwork, StockChange


@dataclass(frozen=True, slots=True)
class Shipment:
    """`cost` in minor units, None where no carrier of today goes there; `km` likewise."""

    node: str
    units: int
    cost: int | None
    km: int | None


@dataclass(frozen=True, slots=True)
class ReplayedOrder:
    """One order on one side. `done` is the ISO date it was or would be complete, "" unknown."""

    order: PastOrder
    shipments: tuple[Shipment, ...]
    missing: int
    done: str = ""
    shadow: str = ""  # version of the scarcity prices that were used, as in a decision

    @property
    def kept(self) -> bool | None:
        """Whether the promise of then is kept; None where nothing was promised or is known."""
        if not self.order.promised or (not self.done and not self.missing):
            return None
        return not self.missing and self.done <= self.order.promised


MANY = MAX_UNITS  # more than any order asks of a SKU
Where = tuple[str, str]  # SKU and node, or node and day
Both = tuple[ReplayedOrder, ReplayedOrder]  # what happened, what the rules would have done


@dataclass(frozen=True, slots=True)
class Replay:
    """`prices`: as they were published, the last ones hold.

    `stock`: (SKU, node) → units at the beginning, then used up; None: everybody has everything,
    which is all that can be said of orders without their stock.
    """

    place: ReplayNetwork
    rules: SourcingRules
    stock: dict[Where, int] | None
    load: dict[Where, int] = field(default_factory=dict)  # (node, ISO date) → parts taken on
    prices: list[ScarcityPrices] = field(default_factory=list)

    def run(self, past: Iterable[PastOrder | StockChange | ScarcityPrices]) -> Iterator[Both]:
        """`past` in the order of time."""
        for each in past:
            if isinstance(each, StockChange):
                self._move(each.sku, each.node, each.units)
            elif isinstance(each, ScarcityPrices):
                self.prices.append(each)
            else:
                yield self.happened(each), self.sourced(each)

    def _move(self, sku: str, node: str, units: int) -> None:
        if self.stock is not None:
            self.stock[sku, node] = self.stock.get((sku, node), 0) + units

    def happened(self, order: PastOrder) -> ReplayedOrder:
        shipments = tuple(
            self._shipment(order, sent.node, sent.lines) for sent in order.sent if sent.lines
        )
        asked = sum(line.quantity for line in order.lines)
        missing = asked - sum(each.units for each in shipments)
        dates = [sent.done or sent.due for sent in order.sent]
        return ReplayedOrder(
            order, shipments, missing, max(dates, default="") if all(dates) else ""
        )

    def sourced(self, order: PastOrder) -> ReplayedOrder:
        plan = self._plan(order)
        for part in plan.parts:
            for no, which in part.lines.items():
                self._move(order.lines[no - 1].sku, part.node, -len(which))
            if part.promise:
                day = part.node, work_day(part.promise)
                self.load[day] = self.load.get(day, 0) + 1
        shipments = tuple(
            self._shipment(order, part.node, {no: len(which) for no, which in part.lines.items()})
            for part in plan.parts
        )
        promise = overall([part.promise for part in plan.parts if part.promise])
        done = (promise.deliver_by or promise.ready_by[:10]) if promise else ""
        missing = sum(map(len, plan.unfilled.values()))
        return ReplayedOrder(order, shipments, missing, done, plan.decision.shadow)

    def _plan(self, order: PastOrder) -> Plan:
        place = self.place
        stock = plenty(order, place) if self.stock is None else self.stock
        network = Network(
            place.nodes, stock, holidays=place.holidays, load=self.load, signals=place.signals
        )
        network = looking_ahead(network, self.prices[-1] if self.prices else None, order.at)
        demand = order.demand(self.rules.most_parts)
        return source(demand, network, self.rules, place.services, order.at)

    def _shipment(self, order: PastOrder, node: str, lines: Mapping[int, int]) -> Shipment:
        units, where = sum(lines.values()), self.place.node(node)
        if where is None:
            return Shipment(node, units, None, None)
        return Shipment(node, units, self._cost(order, where, lines), _km(order, where))

    def _cost(self, order: PastOrder, node: Node, lines: Mapping[int, int]) -> int | None:
        if order.method == PICKUP and order.node == node.id:
            return node.handling_cost
        weight = sum(order.lines[no - 1].weight_g * units for no, units in lines.items())
        origin, name = node.address.country, level(order.service)
        carriage = cheapest(self.place.services, name, origin, order.country, weight)
        return node.handling_cost + carriage.price if carriage else None


def plenty(order: PastOrder, place: ReplayNetwork) -> dict[Where, int]:
    """Enough for this order at every node."""
    return {
        (line.sku, node.id): MANY + node.safety_of(line.sku)
        for line in order.lines
        for node in place.nodes
    }


def _km(order: PastOrder, node: Node) -> int | None:
    at = node.address
    return distance_km(at.lat, at.lon, order.lat, order.lon)
