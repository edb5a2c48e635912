"""The promise of one node: when it ships and delivers, or when a pickup is ready.

Shipping:  order ─ cut-off ─► start ─ preparation ─► ready ─ collection ─► ship ─ transit ─► eta
           ─ delivery weekday ─► deliver_by
Pickup:    order ─ preparation minutes inside opening hours ─► ready_by

None is the answer of a node that never gets there within a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from ..sourcing.network import PICKUP, SHIP, Node
from ..sourcing.plan import Demand, Promise
from ..sourcing.rules import CarrierService
from . import calendar
from .calendar import NO_HOLIDAYS, Holidays, WorkingTime, first_day, nth_day_after
from .carriage import delivery_day

HIGH, LOW = "HIGH", "LOW"


def promise(
    node: Node,
    service: CarrierService | None,
    demand: Demand,
    now: int,
    supply_eta: str = "",
    *,
    holidays: Holidays = NO_HOLIDAYS,
) -> Promise | None:
    """What `node` can promise for an order placed `now`.

    `supply_eta` is the ISO date on which missing goods arrive at the node.
    """
    work = calendar.working_time(node, holidays)
    if demand.method == PICKUP:
        return _pickup(work, now, supply_eta)
    assert service is not None, "shipping takes a carrier service"
    return _ship(work, service, demand, now, supply_eta, holidays)


def _pickup(work: WorkingTime, now: int, supply_eta: str) -> Promise | None:
    zone = work.node.timezone
    arrival = calendar.instant(date.fromisoformat(supply_eta), "00:00", zone) if supply_eta else 0
    ready = work.ready(max(now, arrival), work.node.prep_minutes)
    if ready is None:
        return None
    return Promise(
        method=PICKUP,
        service="express",
        ready_by=calendar.iso(ready.at, zone),
        cutoff=calendar.iso(ready.order_by, zone),
    )


def _ship(
    work: WorkingTime,
    service: CarrierService,
    demand: Demand,
    now: int,
    supply_eta: str,
    holidays: Holidays,
) -> Promise | None:
    start = _start(work, now, supply_eta)
    shipped = _ship_day(work, service, start) if start else None
    delivered = (
        delivery_day(service, work.node, demand.country, shipped, holidays) if shipped else None
    )
    if not (start and shipped and delivered):
        return None
    return Promise(
        method=SHIP,
        service=service.service,
        ship_by=shipped.isoformat(),
        deliver_by=delivered.isoformat(),
        cutoff=calendar.iso(work.cutoff(start), work.node.timezone),
    )


def _start(work: WorkingTime, now: int, supply_eta: str) -> date | None:
    start = work.start_day(now)
    if start is None or not supply_eta:
        return start
    return first_day(max(start, date.fromisoformat(supply_eta)), work.works_on)


def _ship_day(work: WorkingTime, service: CarrierService, start: date) -> date | None:
    """Prepared, handed over on a day the node works and the carrier collects."""
    collected = work.node.pickup_weekdays & service.pickup_weekdays
    ready = nth_day_after(start, work.node.prep_days, work.works_on)
    if ready is None:
        return None
    return first_day(ready, lambda day: day.weekday() in collected and work.works_on(day))


def overall(promises: Sequence[Promise]) -> Promise | None:
    """One promise for all parts: the latest of all, kept while each is; None for no part."""
    if not promises:
        return None
    return Promise(
        method=promises[0].method,
        service=promises[0].service,
        ship_by=max(each.ship_by for each in promises),
        deliver_by=max(each.deliver_by for each in promises),
        ready_by=max((each.ready_by for each in promises), key=_order),
        cutoff=min((each.cutoff for each in promises), key=_order),
        confidence=LOW if any(each.confidence == LOW for each in promises) else HIGH,
    )


def _order(text: str) -> int:
    """Instants of several zones compare by time, not by text; none comes first."""
    return epoch(text) if text else 0


def epoch(text: str) -> int:
    """Epoch seconds of an ISO 8601 instant with offset."""
    return int(datetime.fromisoformat(text).timestamp())


def degraded(method: str, now: int, default_days: int, service: str = "standard") -> Promise:
    """The safe answer when the inputs of a promise are missing: a date that is far enough."""
    until = datetime.fromtimestamp(now, UTC) + timedelta(days=default_days)
    if method == PICKUP:
        ready = until.isoformat()
        return Promise(PICKUP, service="express", ready_by=ready, confidence=LOW)
    return Promise(SHIP, service=service, deliver_by=until.date().isoformat(), confidence=LOW)
