"""What carrying a parcel takes: level of service, zone, price and days of a carrier service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from .calendar import NO_DATES, Holidays, first_day, nth_day_after
from .node import Node

DOMESTIC, REGION, WORLD = "domestic", "region", "world"
# service levels that a shopper chooses, and which of the carriers' carries those that are ours
STANDARD, EXPRESS = "standard", "express"
NAMED_DAY = "named_day"  # SHIP: on the day the shopper named
SHIP_TO_STORE = "ship_to_store"  # PICKUP: from another node's stock, carried to the store
CARRIED_BY = {NAMED_DAY: STANDARD, SHIP_TO_STORE: STANDARD}


@dataclass(frozen=True, slots=True)
class Carriage:
    """A service that carries from one country to another, and its price for the weight asked."""

    service: CarrierService
    origin: str
    destination: str
    price: int

    def price_of(self, weight_g: int) -> int:
        found = price(self.service, self.origin, self.destination, weight_g)
        assert found is not None, "this service goes there"
        return found

    @property
    def brackets(self) -> Sequence[tuple[int, int]]:
        """(up to grams, minor units) of one parcel, the lightest first."""
        return sorted(self.service.prices[zone(self.service, self.origin, self.destination)])

    @property
    def least_price(self) -> int:
        """No parcel of this service costs less there."""
        return min(minor for _, minor in self.brackets)


def zone(service: CarrierService, origin: str, destination: str) -> str:
    if origin == destination:
        return DOMESTIC
    return REGION if {origin, destination} <= service.region else WORLD


def transit_days(service: CarrierService, origin: str, destination: str) -> int:
    return service.transit_days[zone(service, origin, destination)]


def margin_days(service: CarrierService, origin: str, destination: str) -> int:
    return service.margins.get(between(origin, destination), 0)


def between(origin: str, destination: str) -> str:
    """Two countries as the margins of a service name them."""
    return f"{origin}-{destination}"


def price(service: CarrierService, origin: str, destination: str, weight_g: int) -> int | None:
    """By the first bracket that holds the weight; what is heavier goes as several parcels.

    None when the service does not go there.
    """
    where = zone(service, origin, destination)
    brackets = sorted(service.prices.get(where, ()))
    if not brackets or where not in service.transit_days:
        return None
    heaviest, full = brackets[-1]
    parcels, rest = divmod(weight_g, heaviest) if weight_g > heaviest else (0, weight_g)
    last = next(minor for limit, minor in brackets if rest <= limit) if rest or not parcels else 0
    return parcels * full + last


def takes(service: CarrierService, origin: str, destination: str, piece_g: int) -> bool:
    """Whether one piece is a parcel of this service: it cannot be divided."""
    brackets = service.prices.get(zone(service, origin, destination), ())
    return not piece_g or piece_g <= max((limit for limit, _ in brackets), default=0)


def cheapest(
    services: Sequence[CarrierService],
    name: str,
    origin: str,
    country: str,
    weight_g: int,
    piece_g: int = 0,
) -> Carriage | None:
    """Among the carriers of this service level; None when nobody goes there, or takes the
    heaviest piece.
    """
    offers = [
        Carriage(service, origin, country, asked)
        for service in services
        if service.service == name
        and takes(service, origin, country, piece_g)
        and (asked := price(service, origin, country, weight_g)) is not None
    ]

    return min(
        offers,
        key=lambda each: (
            each.price,
            transit_days(each.service, origin, country),
            each.service.carrier,
        ),
        default=None,
    )


def delivery_day(
    service: CarrierService, node: Node, country: str, shipped: date, holidays: Holidays
) -> date | None:
    """Transit on the carrier's working days, and the margin of a lane that is late too often; then
    the next day it delivers there.
    """
    origin = holidays.get(node.holidays or node.address.country, NO_DATES)
    rest_days = holidays.get(country, NO_DATES)
    resting = origin | rest_days

    def drives(day: date) -> bool:
        return day.weekday() in service.pickup_weekdays and day.isoformat() not in resting

    lane = service, node.address.country, country
    arrived = nth_day_after(shipped, transit_days(*lane) + margin_days(*lane), drives)
    return first_day(arrived, lambda day: delivers(service, day, rest_days)) if arrived else None


def delivers(service: CarrierService, day: date, holidays: frozenset[str]) -> bool:
    """`holidays` of the destination."""
    return day.weekday() in service.delivery_weekdays and day.isoformat() not in holidays


@dataclass(frozen=True, slots=True)
class CarrierService:
    """Transit in carrier working days by zone, and the price table [(max weight g, minor)]."""

    carrier: str
    service: str
    transit_days: Mapping[str, int]
    prices: Mapping[str, tuple[tuple[int, int], ...]]
    pickup_weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    delivery_weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4, 5})
    region: frozenset[str] = frozenset()  # countries that count as one region
    co2_g_km: int = 0  # per parcel
    spread_days: int = 0  # delivery days after the first on which it may still arrive
    # "FR-DE" → working days more than planned, where it was late too often (promising/lanes.py)
    margins: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def level(service: str) -> str:
    """The service level to look for among the carriers'."""
    return CARRIED_BY.get(service, service)
