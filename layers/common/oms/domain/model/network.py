"""The fulfilment network: nodes with place, hours and abilities; what each has of a SKU."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from .safety import SafetyRule, safety
from .shipping import Address
from .signals import NO_SIGNALS, Lately, Signals

SHIP, PICKUP = "SHIP", "PICKUP"
DIGITAL = "DIGITAL"  # method of what nobody carries, and the place that it is said to come from
WAREHOUSE, STORE, DROP_SHIPPER = "WAREHOUSE", "STORE", "DROP_SHIPPER"

# weekday (0 = Monday) → opening spans as ("09:00", "18:00") in the node's time zone
Hours = Mapping[int, tuple[tuple[str, str], ...]]
_EMPTY: Mapping[str, int] = MappingProxyType({})
# (node id, ISO date in its time zone) → parts taken on
Load = Mapping[tuple[str, str], int]
NO_LOAD: Load = MappingProxyType({})


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


@dataclass(frozen=True, slots=True)
class Supply:
    """Expected receipt of `quantity` at `node`; `eta` is the ISO date of its arrival.

    `confidence` is the percentage that may be promised; `receive_days` pass until it can be sold.
    """

    id: str
    sku: str
    node: str
    quantity: int
    eta: str
    confidence: int = 100
    receive_days: int = 0

    @property
    def sure(self) -> int:
        """Units that may be promised, rounded down."""
        return self.quantity * self.confidence // 100

    @property
    def ready(self) -> str:
        """The ISO date from which it can be sold."""
        if not self.receive_days:
            return self.eta
        return (date.fromisoformat(self.eta) + timedelta(days=self.receive_days)).isoformat()


@dataclass(frozen=True, slots=True)
class Network:
    """One consistent view to decide on: nodes, stock available to this demand, waiting demand.

    `available[(sku, node)]` already includes what this very order holds there.
    `held[(sku, node)]` is the share of it that the order's cart holds softly, `held_on` the page
    where that is not page 0.
    `on_hand[(sku, node)]` and `categories[sku]` are what safety stock may depend on.
    `waiting[sku]` is demand of other orders that arriving stock goes to first.
    `holidays` are the public holidays of nodes' calendars and of countries, as ISO dates.
    `load[(node, ISO date)]` are the parts a node took on for a day: full at its `daily_capacity`.
    `booked_out`: nodes that are full on every day anybody looked at: they take no new work.
    `wanted[(sku, ISO date)]` is the share of it that was promised for that day.
    `backordered[sku]` counts units that were accepted beyond stock, where a cap watches them.
    `fed_at[(sku, node)]` is when the node's feed last told of it (epoch seconds, 0 = never).
    `lately[sku]` is what its ledgers told of it; signals follow from it (outlook.py).
    `rough[(sku, node)]`: units that there may be beyond `available`, where that was rounded down.
    `unsettled`: hot (SKU, node)s where claims or pages are open, so that none left is not sold out.
    """

    nodes: tuple[Node, ...]
    available: Mapping[tuple[str, str], int]
    waiting: Mapping[str, int] = field(default_factory=lambda: _EMPTY)
    supplies: tuple[Supply, ...] = ()
    holidays: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    load: Load = field(default_factory=lambda: NO_LOAD)
    signals: Signals = NO_SIGNALS
    held: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    held_on: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    fed_at: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    wanted: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    backordered: Mapping[str, int] = field(default_factory=lambda: _EMPTY)
    unsettled: frozenset[tuple[str, str]] = frozenset()
    booked_out: frozenset[str] = frozenset()
    rough: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))

    on_hand: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lately: Lately = field(default_factory=lambda: MappingProxyType({}))

    def safety_at(self, node: Node, sku: str, method: str = "") -> int:
        """Units of the SKU that the node keeps back from this method."""
        category, on_hand = self.categories.get(sku, ""), self.on_hand.get((sku, node.id), 0)
        return node.safety_of(sku, category=category, method=method, on_hand=on_hand)

    def beside(self, other: Network) -> Network:
        """With what another read says of its SKUs, known or unknown here. What is held stays."""
        there = {at: units + self.held.get(at, 0) for at, units in other.available.items()}
        return replace(
            self,
            available={**self.available, **there},
            waiting={**self.waiting, **other.waiting},
            supplies=tuple(dict.fromkeys((*self.supplies, *other.supplies))),
            fed_at={**self.fed_at, **other.fed_at},
            wanted={**self.wanted, **other.wanted},
            backordered={**self.backordered, **other.backordered},
            unsettled=self.unsettled | other.unsettled,
            lately={**self.lately, **other.lately},
            rough={**self.rough, **dict.fromkeys(there, 0), **other.rough},
            on_hand={**self.on_hand, **other.on_hand},
        )

    def with_holds(self, held: Mapping[tuple[str, str], int]) -> Network:
        """With units that somebody holds who may have them."""
        known = {at: units for at, units in held.items() if at in self.available}
        more = {at: self.available[at] + units for at, units in known.items()}
        return replace(self, available={**self.available, **more}, held={**self.held, **known})

    def left(self, at: tuple[str, str], quantity: int) -> int | None:
        """Units available after a claim, as far as this view knows; None where it does not."""
        return self.available[at] - quantity if at in self.available else None

    def without_held(self) -> Network:
        """As it is for an order that has no right to the cart it names."""
        free = {at: units - self.held.get(at, 0) for at, units in self.available.items()}
        return replace(self, available=free, held=MappingProxyType({}))

    def with_held(self, sku: str, node: str, units: int, page: int) -> Network:
        """With what the order's cart holds on a page that was not read."""
        at = (sku, node)
        there = {**self.available, at: self.available.get(at, 0) + units}
        held, pages = {**self.held, at: units}, {**self.held_on, at: page}
        return replace(self, available=there, held=held, held_on=pages)

    def node(self, id: str) -> Node | None:
        return next((node for node in self.nodes if node.id == id), None)
