"""The promise of one node: when it ships and delivers, or when a pickup is ready.

Shipping:       order ─ cut-off, capacity ─► start ─ preparation ─► ready ─ collection ─► ship
                ─ transit, margin of the lane ─► eta ─ delivery weekday ─► deliver_by
Named day:      the same chain, leaving on the last day that still arrives on the day named
Pickup:         order ─ preparation minutes inside opening hours ─► ready_by
Ship-to-store:  shipping to the store ─ a day it works ─ receiving days ─► ready_by

None is the answer of a node that never gets there within a year, or not on the day named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ..model import calendar
from ..model.calendar import WorkingTime, first_day, nth_day_after
from ..model.carriage import SHIP_TO_STORE, CarrierService
from ..model.demand import Demand
from ..model.network import Network
from ..model.node import DIGITAL, PICKUP, SHIP, Node
from ..model.plan import Plan
from ..model.promise import Promise
from .work_day import Lane

HIGH, LOW = "HIGH", "LOW"
ALONE = Network((), {})
MAX_FULL_DAYS = 60  # a node that is full for longer promises no pickup


def promise(
    node: Node,
    service: CarrierService | None,
    demand: Demand,
    now: int,
    supply_eta: str = "",
    *,
    network: Network = ALONE,
) -> Promise | None:
    """What `node` can promise for an order placed `now`.

    `supply_eta` is the ISO date on which missing goods arrive at the node; of `network` only
    holidays and load are read.
    """
    if own := node.cutoffs.get(demand.service):
        node = replace(node, cutoff=own)
    work = calendar.working_time(node, network.holidays, network.load)
    received = _received(work, supply_eta) if supply_eta else ""
    earliest = max(received, demand.not_before)
    if demand.method_at(node.id) == PICKUP:
        return _pickup(work, demand, now, earliest)
    assert service is not None, "shipping takes a carrier service"
    lane = Lane(work, service, demand.country, network.holidays)
    start = _start(work, now, earliest)
    shipped = lane.ship_day(start) if start else None
    if not (start and shipped):
        return None
    if demand.to_store:
        return _to_store(lane, demand, start, shipped, network)
    if demand.day:
        return _on_day(lane, date.fromisoformat(demand.day), start, shipped, demand.service)
    delivered = lane.delivered(shipped)
    latest = lane.latest(delivered) if delivered else None
    if not (delivered and latest):
        return None
    planned = _shipping(lane, start, shipped, latest, demand.service)
    return planned if latest == delivered else replace(planned, deliver_from=delivered.isoformat())


def work_begins(node: Node, demand: Demand, now: int, network: Network) -> str:
    """ISO date of the first day on which `node` has room for it: to begin what it ships, to have
    a pickup ready. "" when there is none within a year.
    """
    work = calendar.working_time(node, network.holidays, network.load)
    if demand.method_at(node.id) == PICKUP:
        ready = _pickup(work, demand, now, demand.not_before)
        return ready.ready_by[:10] if ready else ""
    start = _start(work, now, demand.not_before)
    return start.isoformat() if start else ""


def _received(work: WorkingTime, supply_eta: str) -> str:
    """The first day on which what arrives at the node can be taken from its shelf."""
    if not work.node.receive_days:
        return supply_eta
    arrived = first_day(date.fromisoformat(supply_eta), work.works_on)
    day = nth_day_after(arrived, work.node.receive_days, work.works_on) if arrived else None
    return day.isoformat() if day else supply_eta


def _start(work: WorkingTime, now: int, earliest: str) -> date | None:
    start = work.start_day(now)
    if start is None or not earliest:
        return start
    return first_day(max(start, date.fromisoformat(earliest)), work.takes_on)


def _pickup(work: WorkingTime, demand: Demand, now: int, earliest: str) -> Promise | None:
    """Ready on the first day that has capacity left."""
    zone = work.node.timezone
    arrival = calendar.instant(date.fromisoformat(earliest), "00:00", zone) if earliest else 0
    at = max(now, arrival)
    for _ in range(MAX_FULL_DAYS):
        ready = work.ready(at, work.node.prep_minutes)
        if ready is None:
            return None
        day = calendar.local(ready.at, zone).date()
        if not work.full_on(day):
            return Promise(
                method=PICKUP,
                service=SHIP_TO_STORE if demand.to_store else "express",
                ready_by=calendar.iso(ready.at, zone),
                cutoff=calendar.iso(ready.order_by, zone),
            )
        at = calendar.instant(day + calendar.ONE_DAY, "00:00", zone)
    return None


def _shipping(lane: Lane, start: date, shipped: date, delivered: date, service: str) -> Promise:
    return Promise(
        method=SHIP,
        service=service,
        ship_by=shipped.isoformat(),
        deliver_by=delivered.isoformat(),
        cutoff=lane.order_by(start),
        margin_days=lane.margin_days,
    )


def _on_day(lane: Lane, day: date, start: date, earliest: date, service: str) -> Promise | None:
    """Work begins as late as it may: ordered weeks ahead, it still leaves just in time."""
    shipped = lane.ship_day_for(day, earliest)
    if shipped is None:
        return None
    return _shipping(lane, max(start, lane.start_for(shipped)), shipped, day, service)


def _to_store(
    lane: Lane, demand: Demand, start: date, shipped: date, network: Network
) -> Promise | None:
    """Carried to the store on a day it works, then received: on its shelf when that day opens,
    or, where receiving takes no day, when the day of arrival ends.
    """
    assert demand.store is not None, "bound_for names the store"
    store = calendar.working_time(demand.store, network.holidays)
    carried = lane.delivered(shipped)
    arrived = first_day(carried, store.works_on) if carried else None
    days = demand.store.receive_days
    shelf = nth_day_after(arrived, days, store.works_on) if arrived else None
    if shelf is None:
        return None
    return Promise(
        method=PICKUP,
        service=SHIP_TO_STORE,
        ship_by=shipped.isoformat(),
        ready_by=calendar.iso(
            store.opened(shelf) if days else store.closed_at(shelf), demand.store.timezone
        ),
        cutoff=lane.order_by(start),
        margin_days=lane.margin_days,
    )


def sent_to_store(
    node: Node, service: CarrierService, demand: Demand, shipped: date, network: Network
) -> Promise | None:
    """When goods that left `node` on `shipped` lie ready at the store."""
    work = calendar.working_time(node, network.holidays)
    lane = Lane(work, service, demand.country, network.holidays)
    return _to_store(lane, demand, shipped, shipped, network)


def promise_of(plan: Plan) -> Promise | None:
    """One promise for all parts of a plan; None when it has none. What is digital is there long
    before the others.
    """
    promised = [part for part in plan.parts if part.promise]
    goods = [part for part in promised if part.node != DIGITAL]
    return overall([part.promise for part in goods or promised if part.promise])


def overall(promises: Sequence[Promise]) -> Promise | None:
    """One promise for all parts: the latest of all, kept while each is; None for no part."""
    if len(promises) < 2:
        return promises[0] if promises else None
    return Promise(
        method=promises[0].method,
        service=promises[0].service,
        ship_by=max(each.ship_by for each in promises),
        deliver_by=max(each.deliver_by for each in promises),
        deliver_from=_window(promises),
        ready_by=max((each.ready_by for each in promises), key=_order),
        cutoff=min((each.cutoff for each in promises), key=_order),
        confidence=LOW if any(each.confidence == LOW for each in promises) else HIGH,
        margin_days=max(each.margin_days for each in promises),
    )


def _window(promises: Sequence[Promise]) -> str:
    """The first day on which all may have arrived; "" when that is the last one, too."""
    first = max(each.deliver_from or each.deliver_by for each in promises)
    return first if first < max(each.deliver_by for each in promises) else ""


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
