"""The day whose capacity a part takes at its node, and its place in that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..ids import claim_id
from ..sourcing.network import Network, Node
from ..sourcing.plan import PlannedPart, Promise
from .calendar import local

AHEAD_DAYS = 7  # of load that a decision reads; before the day a shopper named, as many


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the `capacity` places that a node has for parts on an ISO date."""

    node: str
    day: str
    claim: str
    capacity: int


def work_day(promise: Promise) -> str:
    """ISO date: the day work begins on what is shipped, the day a pickup is ready."""
    return (promise.cutoff if promise.ship_by else promise.ready_by)[:10]


def slots_of(order_id: str, parts: Iterable[PlannedPart], nodes: Sequence[Node]) -> list[Slot]:
    """One for each part at a node that has a capacity."""
    capacity = {node.id: node.daily_capacity for node in nodes}
    return [
        Slot(part.node, work_day(part.promise), claim_id(order_id, part.number), most)
        for part in parts
        if part.promise and (most := capacity.get(part.node, 0))
    ]


def days_ahead(nodes: Iterable[Node], now: int, named: str = "") -> tuple[str, ...]:
    """The ISO dates whose load matters; none while no node has a capacity."""
    zones = {node.timezone for node in nodes if node.daily_capacity}
    starts = {local(now, zone).date() for zone in zones}
    if starts and named:
        starts.add(date.fromisoformat(named) - timedelta(days=AHEAD_DAYS - 1))
    found = {start + timedelta(days=n) for start in starts for n in range(AHEAD_DAYS)}
    return tuple(sorted(day.isoformat() for day in found))


def without_booked_out(network: Network, days: Sequence[str]) -> Network:
    """A node without a place on any of the days that were read takes no new work: what lies
    beyond them is not known.
    """
    if not days:
        return network
    return replace(network, nodes=tuple(_standing(each, network, days) for each in network.nodes))


def _standing(node: Node, network: Network, days: Sequence[str]) -> Node:
    most = node.daily_capacity
    full = most and all(network.load.get((node.id, day), 0) >= most for day in days)
    return replace(node, online=False) if full else node
