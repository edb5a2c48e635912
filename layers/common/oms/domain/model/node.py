"""A node: a place that holds stock or hands over, its hours and abilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .address import Address
from .safety import SafetyRule, safety

SHIP, PICKUP = "SHIP", "PICKUP"
DIGITAL = "DIGITAL"  # method of what nobody carries, and the place that it is said to come from
WAREHOUSE, STORE, DROP_SHIPPER = "WAREHOUSE", "STORE", "DROP_SHIPPER"
# weekday (0 = Monday) → opening spans as ("09:00", "18:00") in the node's time zone
Hours = Mapping[int, tuple[tuple[str, str], ...]]
_EMPTY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: str
    name: str
    address: Address
    timezone: str
    hours: Hours
    methods: frozenset[str] = frozenset({SHIP})
    online: bool = True  # False: fulfils nothing new (outage, "no capacity")
    closures: frozenset[str] = frozenset()  # ISO dates the node is closed, beside `hours`
    holidays: str = ""  # country[-subdivision] for the public holiday calendar, "" for none
    cutoff: str = "14:00"  # local; later orders start the next working day
    cutoffs: Mapping[str, str] = field(default_factory=dict)  # of a service level, where another
    prep_days: int = 0  # working days from start to ready, for shipping
    prep_minutes: int = 60  # opening minutes from order to ready, for express pickup
    receive_days: int = 0  # working days from arrival at the dock to the shelf
    daily_capacity: int = 0  # parts it takes on a day; 0: as many as come
    pickup_weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})  # carrier collects
    safety: int = 0  # units of every SKU kept back from promising
    safety_by_sku: Mapping[str, int] = field(default_factory=lambda: _EMPTY)
    handling_cost: int = 0  # minor units per shipment
    priority: int = 100  # lower is preferred
    accept_timeout_s: int = 4 * 3600
    groups: frozenset[str] = frozenset()  # networks it belongs to, for rules
    tags: frozenset[str] = frozenset()  # abilities that rules ask for
    hazmat: bool = False  # may handle dangerous goods
    reject_rate: int = 0  # permille of its parts given back, until enough of them tell
    co2_g: int = 0  # per shipment, before the carrier
    feed_fresh_s: int = 0  # stock that a feed told of is believed for so long; 0: always

    sells: bool = True  # False: its stock is not for sale by channels; it still hands over
    safety_rules: tuple[SafetyRule, ...] = ()  # its own, and those of the whole network

    def safety_of(self, sku: str, *, category: str = "", method: str = "", on_hand: int = 0) -> int:
        """Units kept back, by the most cautious rule; without a method, of any method."""
        if not (self.safety_rules or self.safety_by_sku):
            return self.safety
        ruled = safety(self.safety_rules, sku, category=category, method=method, on_hand=on_hand)
        return max(self.safety, self.safety_by_sku.get(sku, 0), ruled)
