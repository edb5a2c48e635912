"""Where goods are: two warehouses, three stores, one drop-shipper. Places and hours are real ones.

Stores keep one unit of everything for their own customers (`safety`); a store is asked after a
warehouse that is as good (`priority`, `handling_cost`).
"""

from __future__ import annotations

from typing import Any

from oms.domain.model.address import Address
from oms.domain.model.node import DROP_SHIPPER, PICKUP, SHIP, STORE, WAREHOUSE, Hours, Node

HOUR_S = 3600


def hours(days: range, opens: str, closes: str) -> Hours:
    """The same hours on each of these weekdays; 0 is Monday."""
    return dict.fromkeys(days, ((opens, closes),))


WEEKDAYS, MONDAY_TO_SATURDAY, DAILY = range(5), range(6), range(7)
IN_PARIS = {"timezone": "Europe/Paris", "holidays": "FR"}


def warehouse(id: str, name: str, address: Address, **more: Any) -> Node:
    """Open six days, from six in the morning to ten at night; two hours to accept a part."""
    facts: dict[str, Any] = {
        "hours": hours(MONDAY_TO_SATURDAY, "06:00", "22:00"),
        "handling_cost": 80,
        "priority": 10,
        "accept_timeout_s": 2 * HOUR_S,
    }
    return Node(id, WAREHOUSE, name, address, **(facts | more))


def store(id: str, name: str, address: Address, **more: Any) -> Node:
    """Ships and hands over, an hour after a part is accepted."""
    facts: dict[str, Any] = {
        "methods": frozenset({SHIP, PICKUP}),
        "prep_minutes": 60,
        "safety": 1,
        "handling_cost": 180,
        "priority": 50,
    }
    return Node(id, STORE, name, address, **(facts | more))


def address(name: str, street: str, city: str, country: str, at: tuple[str, str]) -> Address:
    """`city` begins with its postal code, `at` is latitude and longitude."""
    postal_code, _, town = city.partition(" ")
    return Address(name, street, town, country, postal_code=postal_code, lat=at[0], lon=at[1])


NETWORK = (
    warehouse(
        "dc-lille",
        "Lille distribution centre",
        address(
            "Demo Logistics Lille",
            "4 Rue de l'Épinette",
            "59810 Lesquin",
            "FR",
            ("50.5853", "3.1068"),
        ),
        cutoff="16:00",
        **IN_PARIS,
    ),
    warehouse(
        "dc-leipzig",
        "Leipzig distribution centre",
        address(
            "Demo Logistik Leipzig", "Poststraße 12", "04158 Leipzig", "DE", ("51.4032", "12.3375")
        ),
        cutoff="17:00",
        timezone="Europe/Berlin",
        holidays="DE-SN",
    ),
    store(
        "store-paris",
        "Paris Le Marais",
        address(
            "Demo Store Paris",
            "36 Rue des Francs Bourgeois",
            "75003 Paris",
            "FR",
            ("48.8571", "2.3622"),
        ),
        hours={**hours(MONDAY_TO_SATURDAY, "10:00", "19:30"), 6: (("11:00", "19:00"),)},
        cutoff="15:00",
        **IN_PARIS,
    ),
    store(
        "store-lyon",
        "Lyon Presqu'île",
        address(
            "Demo Store Lyon", "85 Rue de la République", "69002 Lyon", "FR", ("45.7601", "4.8357")
        ),
        hours=hours(MONDAY_TO_SATURDAY, "10:00", "19:00"),
        cutoff="14:00",
        **IN_PARIS,
    ),
    store(
        "store-berlin",
        "Berlin Mitte",
        address(
            "Demo Store Berlin",
            "Rosenthaler Straße 39",
            "10178 Berlin",
            "DE",
            ("52.5246", "13.4025"),
        ),
        hours=hours(MONDAY_TO_SATURDAY, "10:00", "20:00"),
        cutoff="15:00",
        timezone="Europe/Berlin",
        holidays="DE-BE",
    ),
    Node(
        "drop-milano",
        DROP_SHIPPER,
        "Milano supplier",
        address(
            "Demo Fornitore Milano", "Via Tortona 27", "20144 Milano", "IT", ("45.4519", "9.1634")
        ),
        "Europe/Rome",
        hours(WEEKDAYS, "09:00", "18:00"),
        methods=frozenset({SHIP}),
        holidays="IT",
        cutoff="11:00",
        prep_days=1,
        handling_cost=400,
        priority=90,
        accept_timeout_s=24 * HOUR_S,
    ),
)
# A small one that keeps no stock of the catalogue: outages are tried here.
GENT = warehouse(
    "dc-gent",
    "Gent distribution centre",
    address("Demo Logistics Gent", "Kennedylaan 5", "9042 Gent", "BE", ("51.1010", "3.7550")),
    cutoff="16:00",
    priority=20,
    timezone="Europe/Brussels",
    holidays="BE",
)
NODES = (*NETWORK, GENT)
WAREHOUSES = tuple(node.id for node in NETWORK if node.kind == WAREHOUSE)
STORES = tuple(node.id for node in NODES if node.kind == STORE)
