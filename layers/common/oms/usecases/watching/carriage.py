"""How a part that left is carried: by which service, on which lane, and how well that went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from ...domain.errors import NotFound
from ...domain.model.calendar import local, working_time
from ...domain.model.carriage import CarrierService, level
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.node import SHIP, Node
from ...domain.model.order import OrderSnapshot
from ...domain.preparing.arrivals import left_at
from ...domain.promising.outcomes import NO_RECORD
from ...domain.promising.punctuality import LaneRecord, lane_of
from ...domain.promising.work_day import Lane
from ...ports import ConfigReader

UNKNOWN_DAYS = 2  # until a parcel comes that nobody knows the carrier of


@dataclass(frozen=True, slots=True)
class ParcelLane:
    """`lane`: its name, "" for what is collected. Without a `service` of ours nothing is planned,
    as where a supplier ships with a carrier of its own.
    """

    lane: str = ""
    country: str = ""
    node: Node | None = None
    service: CarrierService | None = None


def carriage_of(part: FulfilmentOrder, snapshot: OrderSnapshot, config: ConfigReader) -> ParcelLane:
    to = snapshot.ship_to
    node = _node(part.node, config)
    if part.method != SHIP or to is None or node is None:
        return ParcelLane(node=node)
    carrier, name = next((p.carrier for p in part.packages if p.carrier), ""), snapshot.service
    known = (each for each in config.services() if each.carrier == carrier)
    service = next((each for each in known if each.service == level(name)), None)
    lane = lane_of(carrier, level(name), node.address.country, to.country)
    return ParcelLane(lane if carrier else "", to.country, node, service)


def _node(id: str, config: ConfigReader) -> Node | None:
    """None for one that is no longer there."""
    try:
        return config.node(id)
    except NotFound:
        return None


def day_after(carriage: ParcelLane, config: ConfigReader, now: int) -> date:
    """When a parcel that did not come is to be expected: as if it left today."""
    today = datetime.fromtimestamp(now, UTC).date()
    lane = _lane(carriage, carriage.service, config, now)
    return (lane.delivered(today) if lane else None) or today + timedelta(days=UNKNOWN_DAYS)


def record_of(
    carriage: ParcelLane, part: FulfilmentOrder, arrived_at: int | None, config: ConfigReader
) -> LaneRecord:
    """Whether the carrier kept what its hand-over led to expect, margin aside."""
    left = left_at(part)
    if left is None or carriage.service is None or carriage.node is None:
        return NO_RECORD
    lane = _lane(carriage, replace(carriage.service, margins={}), config, left)
    planned = lane.delivered(local(left, carriage.node.timezone).date()) if lane else None
    latest = lane.latest(planned) if lane and planned else None
    if latest is None:
        return NO_RECORD
    kept = arrived_at is not None and datetime.fromtimestamp(arrived_at, UTC).date() <= latest
    return LaneRecord(1, int(kept))


def _lane(
    carriage: ParcelLane, service: CarrierService | None, config: ConfigReader, now: int
) -> Lane | None:
    if service is None or carriage.node is None:
        return None
    holidays = config.holidays((carriage.node,), carriage.country, now)
    work = working_time(carriage.node, holidays)
    try:
        lane = Lane(work, service, carriage.country, holidays)
        lane.delivered(datetime.fromtimestamp(now, UTC).date())
    except KeyError:  # it goes there no more
        return None
    return lane
