"""The fulfilment network: nodes, and what each has of a SKU, as one consistent view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .node import Node
from .signals import NO_SIGNALS, Lately, Signals
from .stock_location import StockLocation
from .supply import Supply

_EMPTY: Mapping[str, int] = MappingProxyType({})
# (node id, ISO date in its time zone) → parts taken on
Load = Mapping[tuple[str, str], int]
NO_LOAD: Load = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Network:
    """One consistent view to decide on: nodes, stock available to this demand, waiting demand.

    `available[(sku, node)]` already includes what this very order holds there.
    `held[(sku, node)]` is the share of it that the order's cart holds softly, `held_at` where
    that lies, if not in the node's own item.
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
    `unsettled`: hot (SKU, node)s where units or claims move, so that none left is not sold out.
    """

    nodes: tuple[Node, ...]
    available: Mapping[tuple[str, str], int]
    waiting: Mapping[str, int] = field(default_factory=lambda: _EMPTY)
    supplies: tuple[Supply, ...] = ()
    holidays: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    load: Load = field(default_factory=lambda: NO_LOAD)
    signals: Signals = NO_SIGNALS
    held: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    held_at: Mapping[tuple[str, str], StockLocation] = field(
        default_factory=lambda: MappingProxyType({})
    )
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

    def merged_with(self, other: Network) -> Network:
        """With what another read says of its SKUs, known or unknown here. What is held stays."""
        with_own = {at: units + self.held.get(at, 0) for at, units in other.available.items()}
        return replace(
            self,
            available={**self.available, **with_own},
            waiting={**self.waiting, **other.waiting},
            supplies=tuple(dict.fromkeys((*self.supplies, *other.supplies))),
            fed_at={**self.fed_at, **other.fed_at},
            wanted={**self.wanted, **other.wanted},
            backordered={**self.backordered, **other.backordered},
            unsettled=self.unsettled | other.unsettled,
            lately={**self.lately, **other.lately},
            rough={**self.rough, **dict.fromkeys(with_own, 0), **other.rough},
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

    def with_held(self, sku: str, node: str, units: int, location: StockLocation) -> Network:
        """With what the order's cart holds at a location that was not read."""
        at = (sku, node)
        with_own = {**self.available, at: self.available.get(at, 0) + units}
        held, held_at = {**self.held, at: units}, {**self.held_at, at: location}
        return replace(self, available=with_own, held=held, held_at=held_at)

    def node(self, id: str) -> Node | None:
        return next((node for node in self.nodes if node.id == id), None)
