"""One tariff, and what both sides read of it: labels are bought by it, promises and sourcing
costs are computed by it.
"""

from __future__ import annotations

from typing import Any

from oms.domain.model.carriage import CarrierService

REGION = "AT BE CZ DE DK ES FR IE IT LU NL PL PT SE".split()
WORKDAYS = [0, 1, 2, 3, 4]

TARIFF: dict[str, Any] = {
    "id": "swift",
    "name": "Swift Parcel",
    "tracking_url": "https://swift.example/follow/$tracking",
    "currency": "EUR",
    "region": REGION,
    "services": {
        "standard": {
            "name": "Standard",
            "pickup_weekdays": WORKDAYS,
            "delivery_weekdays": [*WORKDAYS, 5],
            "zones": {
                "domestic": {
                    "transit_days": 2,
                    "prices": [[500, 390], [2000, 490], [5000, 690], [15000, 990], [31500, 1490]],
                },
                "region": {
                    "transit_days": 4,
                    "prices": [[500, 790], [2000, 990], [5000, 1290], [15000, 1890], [31500, 2690]],
                },
                "world": {"transit_days": 9, "prices": [[500, 1690], [2000, 2490], [10000, 4990]]},
            },
        },
        "express": {
            "name": "Express",
            "pickup_weekdays": WORKDAYS,
            "delivery_weekdays": [*WORKDAYS, 5],
            "zones": {
                "domestic": {
                    "transit_days": 1,
                    "prices": [[500, 890], [2000, 990], [5000, 1290], [15000, 1890], [31500, 2690]],
                },
                "region": {
                    "transit_days": 2,
                    "prices": [[500, 1490], [2000, 1790], [5000, 2390], [15000, 3490]],
                },
            },
        },
    },
}


def services(tariff: dict[str, Any]) -> tuple[CarrierService, ...]:
    """The same tariff as sourcing and promises read it."""
    return tuple(
        CarrierService(
            carrier=tariff["id"],
            service=name,
            transit_days={zone: lane["transit_days"] for zone, lane in of["zones"].items()},
            prices={
                zone: tuple((limit_g, minor) for limit_g, minor in lane["prices"])
                for zone, lane in of["zones"].items()
            },
            pickup_weekdays=frozenset(of["pickup_weekdays"]),
            delivery_weekdays=frozenset(of["delivery_weekdays"]),
            region=frozenset(tariff["region"]),
        )
        for name, of in tariff["services"].items()
    )
