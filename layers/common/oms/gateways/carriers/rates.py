"""A carrier's tariff as data, and what follows from it: zone, price, transit days.

    {"id": "swift", "name": "Swift Parcel", "currency": "EUR",
     "region": ["AT", "BE", "DE", "FR", ...],          # countries that form one region
     "services": {
       "standard": {
         "name": "Standard",
         "pickup_weekdays": [0, 1, 2, 3, 4],           # Monday is 0
         "delivery_weekdays": [0, 1, 2, 3, 4, 5],
         "zones": {
           "domestic": {"transit_days": 2, "prices": [[2000, 490], [31500, 1290]]},
           "region":   {"transit_days": 4, "prices": [[2000, 990], [31500, 2490]]},
           "world":    {"transit_days": 9, "prices": [[2000, 2490]]}}},
       "express": {...}}}

`prices` are bands [up to weight in grams, price in minor units], lightest first. A zone that a
service does not list is not served by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...domain.errors import ValidationFailed
from ...domain.model.money import Money

Tariff = Mapping[str, Any]
DOMESTIC, REGION, WORLD = "domestic", "region", "world"


def zone(tariff: Tariff, origin: str, destination: str) -> str:
    """By the countries (ISO 3166-1 alpha-2) of node and recipient."""
    if origin == destination:
        return DOMESTIC
    return REGION if {origin, destination} <= set(tariff.get("region", ())) else WORLD


def offers(tariff: Tariff, service: str, in_zone: str, weight_g: int) -> bool:
    """Whether `price` would name one."""
    lane = tariff["services"].get(service, {}).get("zones", {}).get(in_zone)
    return bool(lane and lane["prices"] and 0 <= weight_g <= lane["prices"][-1][0])


def price(tariff: Tariff, service: str, in_zone: str, weight_g: int) -> Money:
    """The first band that holds the weight."""
    for limit_g, minor in _lane(tariff, service, in_zone)["prices"]:
        if 0 <= weight_g <= limit_g:
            return Money(minor, tariff["currency"])
    raise ValidationFailed(
        f"{tariff['id']} {service} takes no parcel of {weight_g} g to {in_zone}",
        fields={"/parcel/weight_g": "outside every weight band"},
    )


def transit_days(tariff: Tariff, service: str, in_zone: str) -> int:
    """Days from pickup to delivery, each of them one of the service's delivery weekdays."""
    return int(_lane(tariff, service, in_zone)["transit_days"])


def check(tariff: Tariff) -> None:
    """Raises ValidationFailed on a tariff that could not be used: run before it is stored."""
    wrong: dict[str, str] = {}
    for name, service in tariff["services"].items():
        for days in ("pickup_weekdays", "delivery_weekdays"):
            if not service[days] or not set(service[days]) <= set(range(7)):
                wrong[f"/services/{name}/{days}"] = "days 0 to 6, at least one"
        for lane, of in service["zones"].items():
            reasons = _wrong_in_lane(lane, of)
            wrong |= {f"/services/{name}/zones/{lane}{at}": why for at, why in reasons.items()}
    if wrong:
        raise ValidationFailed(f"The tariff of {tariff['id']} is not usable", fields=wrong)


def _wrong_in_lane(name: str, lane: Mapping[str, Any]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    limits = [limit_g for limit_g, _ in lane["prices"]]
    if name not in (DOMESTIC, REGION, WORLD):
        wrong[""] = "unknown zone"
    if not limits or limits != sorted(set(limits)):
        wrong["/prices"] = "bands ascend in weight, at least one"
    elif any(minor < 0 for _, minor in lane["prices"]):
        wrong["/prices"] = "negative"
    if lane["transit_days"] < 0:
        wrong["/transit_days"] = "negative"
    return wrong


def _lane(tariff: Tariff, service: str, in_zone: str) -> Mapping[str, Any]:
    found = tariff["services"].get(service)
    if found is None:
        raise ValidationFailed(
            f"{tariff['id']} has no service {service}", fields={"/service": "unknown"}
        )
    lane: Mapping[str, Any] | None = found["zones"].get(in_zone)
    if lane is None:
        raise ValidationFailed(
            f"{tariff['id']} {service} does not go to {in_zone}",
            fields={"/recipient/country": "not served"},
        )
    return lane
