"""Where goods are: two warehouses, three stores, one drop-shipper. Places and hours are real ones.

Stores keep one unit of everything for their own customers (`safety`); a store is asked after a
warehouse that is as good (`priority`, `handling_cost`).
"""

from __future__ import annotations

from oms.domain.model.address import Address
from oms.domain.model.node import DROP_SHIPPER, PICKUP, SHIP, STORE, WAREHOUSE, Hours, Node

HOUR_S = 3600


def hours(days: range, opens: str, closes: str) -> Hours:
    """The same hours on each of these weekdays; 0 is Monday."""
    return dict.fromkeys(days, ((opens, closes),))


WEEKDAYS, MONDAY_TO_SATURDAY, DAILY = range(5), range(6), range(7)

NETWORK = (
    Node(
        "dc-lille",
        WAREHOUSE,
        "Lille distribution centre",
        Address(
            "Demo Logistics Lille",
            "4 Rue de l'Épinette",
            "Lesquin",
            "FR",
            postal_code="59810",
            lat="50.5853",
            lon="3.1068",
        ),
        "Europe/Paris",
        hours(MONDAY_TO_SATURDAY, "06:00", "22:00"),
        holidays="FR",
        cutoff="16:00",
        handling_cost=80,
        priority=10,
        accept_timeout_s=2 * HOUR_S,
    ),
    Node(
        "dc-leipzig",
        WAREHOUSE,
        "Leipzig distribution centre",
        Address(
            "Demo Logistik Leipzig",
            "Poststraße 12",
            "Leipzig",
            "DE",
            postal_code="04158",
            lat="51.4032",
            lon="12.3375",
        ),
        "Europe/Berlin",
        hours(MONDAY_TO_SATURDAY, "06:00", "22:00"),
        holidays="DE-SN",
        cutoff="17:00",
        handling_cost=80,
        priority=10,
        accept_timeout_s=2 * HOUR_S,
    ),
    Node(
        "store-paris",
        STORE,
        "Paris Le Marais",
        Address(
            "Demo Store Paris",
            "36 Rue des Francs Bourgeois",
            "Paris",
            "FR",
            postal_code="75003",
            lat="48.8571",
            lon="2.3622",
        ),
        "Europe/Paris",
        {**hours(MONDAY_TO_SATURDAY, "10:00", "19:30"), 6: (("11:00", "19:00"),)},
        methods=frozenset({SHIP, PICKUP}),
        holidays="FR",
        cutoff="15:00",
        prep_minutes=60,
        safety=1,
        handling_cost=180,
        priority=50,
    ),
    Node(
        "store-lyon",
        STORE,
        "Lyon Presqu'île",
        Address(
            "Demo Store Lyon",
            "85 Rue de la République",
            "Lyon",
            "FR",
            postal_code="69002",
            lat="45.7601",
            lon="4.8357",
        ),
        "Europe/Paris",
        hours(MONDAY_TO_SATURDAY, "10:00", "19:00"),
        methods=frozenset({SHIP, PICKUP}),
        holidays="FR",
        cutoff="14:00",
        prep_minutes=60,
        safety=1,
        handling_cost=180,
        priority=50,
    ),
    Node(
        "store-berlin",
        STORE,
        "Berlin Mitte",
        Address(
            "Demo Store Berlin",
            "Rosenthaler Straße 39",
            "Berlin",
            "DE",
            postal_code="10178",
            lat="52.5246",
            lon="13.4025",
        ),
        "Europe/Berlin",
        hours(MONDAY_TO_SATURDAY, "10:00", "20:00"),
        methods=frozenset({SHIP, PICKUP}),
        holidays="DE-BE",
        cutoff="15:00",
        prep_minutes=60,
        safety=1,
        handling_cost=180,
        priority=50,
    ),
    Node(
        "drop-milano",
        DROP_SHIPPER,
        "Milano supplier",
        Address(
            "Demo Fornitore Milano",
            "Via Tortona 27",
            "Milano",
            "IT",
            postal_code="20144",
            lat="45.4519",
            lon="9.1634",
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
GENT = Node(
    "dc-gent",
    WAREHOUSE,
    "Gent distribution centre",
    Address(
        "Demo Logistics Gent",
        "Kennedylaan 5",
        "Gent",
        "BE",
        postal_code="9042",
        lat="51.1010",
        lon="3.7550",
    ),
    "Europe/Brussels",
    hours(MONDAY_TO_SATURDAY, "06:00", "22:00"),
    holidays="BE",
    cutoff="16:00",
    handling_cost=80,
    priority=20,
    accept_timeout_s=2 * HOUR_S,
)
NODES = (*NETWORK, GENT)
WAREHOUSES = tuple(node.id for node in NETWORK if node.kind == WAREHOUSE)
STORES = tuple(node.id for node in NODES if node.kind == STORE)
