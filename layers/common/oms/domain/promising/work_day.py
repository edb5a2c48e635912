"""The days of a node: the one whose capacity a part takes, those on which it ships by a carrier
service, and when what it ships arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..ids import claim_id
from ..model import calendar
from ..model.calendar import (
    ONE_DAY,
    Holidays,
    WorkingTime,
    first_day,
    local,
    nth_day_after,
    nth_day_before,
)
from ..model.carriage import CarrierService, delivers, delivery_day, margin_days
from ..model.network import Load, Network
from ..model.node import Node
from ..model.plan import PlannedPart
from ..model.promise import Promise

AHEAD_DAYS = 7  # of load that a decision reads; before the day a shopper named, as many
FURTHER_DAYS = 28  # of load, where a node is full on all of those


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


def slots_of(order_id: str, parts: Iterable[PlannedPart]) -> list[Slot]:
    """One for each part at a node that has a capacity."""
    return [
        Slot(part.node, part.day, claim_id(order_id, part.number), part.places)
        for part in parts
        if part.day
    ]


def days_ahead(nodes: Iterable[Node], now: int, named: str = "") -> tuple[str, ...]:
    """The ISO dates whose load matters; none while no node has a capacity."""
    starts = _todays(nodes, now)
    if not starts:
        return ()
    if named:
        starts.add(date.fromisoformat(named) - timedelta(days=AHEAD_DAYS - 1))
    return _from(starts, AHEAD_DAYS)


def further_days(network: Network, days: Sequence[str], now: int) -> tuple[str, ...]:
    """The ISO dates to read beside `days`: none unless a node is full on all of these."""
    full = full_nodes(network, days)
    if not full:
        return ()
    starts = _todays((node for node in network.nodes if node.id in full), now)
    return tuple(day for day in _from(starts, FURTHER_DAYS) if day not in days)


def full_nodes(network: Network, days: Sequence[str]) -> frozenset[str]:
    """Nodes without a place on any of these days."""
    return frozenset(
        node.id
        for node in network.nodes
        if (most := node.daily_capacity)
        and days
        and all(network.load.get((node.id, day), 0) >= most for day in days)
    )


def with_load(network: Network, load: Mapping[tuple[str, str], int]) -> Network:
    """With what was read of more days, or of the same ones again."""
    more: Load = {**network.load, **load}
    return replace(network, load=more)


def _todays(nodes: Iterable[Node], now: int) -> set[date]:
    return {local(now, zone).date() for zone in {n.timezone for n in nodes if n.daily_capacity}}


def _from(starts: Iterable[date], count: int) -> tuple[str, ...]:
    found = {start + timedelta(days=n) for start in starts for n in range(count)}
    return tuple(sorted(day.isoformat() for day in found))


@dataclass(frozen=True, slots=True)
class Lane:
    """From a node to a country."""

    work: WorkingTime
    service: CarrierService
    country: str
    holidays: Holidays

    def collects(self, day: date) -> bool:
        """The node works and the carrier comes."""
        weekday, node = day.weekday(), self.work.node
        comes = weekday in node.pickup_weekdays and weekday in self.service.pickup_weekdays
        return comes and self.work.works_on(day)

    def ship_day(self, start: date) -> date | None:
        """Prepared from `start` on, handed over on a day of collection."""
        ready = nth_day_after(start, self.work.node.prep_days, self.work.works_on)
        return first_day(ready, self.collects) if ready else None

    def delivered(self, shipped: date) -> date | None:
        return delivery_day(self.service, self.work.node, self.country, shipped, self.holidays)

    @property
    def margin_days(self) -> int:
        """Of what `delivered` says."""
        return margin_days(self.service, self.work.node.address.country, self.country)

    def latest(self, delivered: date) -> date | None:
        """The last day of the window that begins on `delivered`."""
        rest_days = self.holidays.get(self.country, calendar.NO_DATES)
        return nth_day_after(
            delivered,
            self.service.spread_days,
            lambda day: delivers(self.service, day, rest_days),
        )

    def ship_day_for(self, day: date, earliest: date) -> date | None:
        """The last day of collection, not before `earliest`, of which the parcel arrives on `day`.

        What ships later never arrives earlier, so the search ends where it arrives too early.
        """
        shipped = day
        while shipped >= earliest:
            if self.collects(shipped):
                arrives = self.delivered(shipped)
                if arrives == day:
                    return shipped
                if arrives and arrives < day:
                    return None
            shipped -= ONE_DAY
        return None

    def start_for(self, shipped: date) -> date:
        """The last day on which work may begin that is to be handed over on `shipped`."""
        return nth_day_before(shipped, self.work.node.prep_days, self.work.works_on)

    def order_by(self, start: date) -> str:
        """The cut-off of the day work begins, as a local instant."""
        return calendar.iso(self.work.cutoff(start), self.work.node.timezone)
