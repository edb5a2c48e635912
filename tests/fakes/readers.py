"""Configuration and stock in memory, for use cases that only read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from oms.domain.errors import NotFound
from oms.domain.model.carriage import CarrierService
from oms.domain.model.channel import Channel
from oms.domain.model.network import Network
from oms.domain.model.node import Node
from oms.domain.model.product import Product
from oms.domain.model.rules import SourcingRules
from oms.domain.model.supply import Supply
from oms.domain.sourcing.outlook import Outlook
from oms.domain.sourcing.scarcity import ScarcityPrices


class FakeConfig:
    def __init__(
        self,
        *,
        channels: Sequence[Channel] = (),
        nodes: Sequence[Node] = (),
        services: Sequence[CarrierService] = (),
        rules: Sequence[SourcingRules] = (),
        products: Sequence[Product] = (),
        holidays: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.channels = {each.id: each for each in channels}
        self.network = {each.id: each for each in nodes}
        self.carriers = tuple(services)
        self.profiles = {each.profile: each for each in rules}
        self.known = {each.sku: each for each in products}
        self.calendars = holidays or {}
        self.ahead: ScarcityPrices | None = None

    def warm(self, channel: str, skus: Iterable[str] = ()) -> None:
        """Nothing to read ahead."""

    def channel(self, id: str) -> Channel:
        if id not in self.channels:
            raise NotFound(f"there is no channel {id}")
        return self.channels[id]

    def nodes(self, channel: Channel) -> tuple[Node, ...]:
        wanted = channel.nodes or tuple(self.network)
        return tuple(self.network[id] for id in wanted if id in self.network)

    def every_node(self) -> tuple[Node, ...]:
        return tuple(self.network[id] for id in sorted(self.network))

    def node(self, id: str) -> Node:
        if id not in self.network:
            raise NotFound(f"there is no node {id}")
        return self.network[id]

    def outlook(self) -> Outlook:
        return Outlook(self.ahead)

    def services(self) -> tuple[CarrierService, ...]:
        return self.carriers

    def rules(self, profile: str) -> SourcingRules:
        return self.profiles.get(profile, SourcingRules(profile))

    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        return {sku: self.known[sku] for sku in skus if sku in self.known}

    def holidays(
        self, nodes: Sequence[Node], country: str, now: int
    ) -> Mapping[str, frozenset[str]]:
        codes = {node.holidays or node.address.country for node in nodes} | {country}
        return {code: self.calendars.get(code, frozenset()) for code in codes if code}


class FakeStock:
    """`waiting` is (order, SKU) → units; `broken` is raised instead of an answer."""

    def __init__(
        self,
        available: Mapping[tuple[str, str], int],
        *,
        supplies: Sequence[Supply] = (),
        waiting: Mapping[tuple[str, str], int] | None = None,
        broken: Exception | None = None,
    ) -> None:
        self.available = dict(available)
        self.supplies = tuple(supplies)
        self.waiting = waiting or {}
        self.broken = broken
        self.availability = self  # the part of stock that quotes read, and the only one here
        self.reads: list[tuple[str, ...]] = []
        self.taken: dict[tuple[str, str], int] = {}
        self.backordered: dict[str, int] = {}

    def network(
        self,
        skus: Iterable[str],
        nodes: Sequence[Node],
        *,
        consistent: bool,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
        days: Sequence[str] = (),
        rough: Collection[str] = (),
    ) -> Network:
        wanted = tuple(dict.fromkeys(skus))
        self.reads.append(wanted)
        if self.broken:
            raise self.broken
        waiting: dict[str, int] = {}
        for (order, sku), units in self.waiting.items():
            if sku in wanted and order != order_id:
                waiting[sku] = waiting.get(sku, 0) + units
        there = {key: units for key, units in self.available.items() if key[0] in wanted}
        return Network(
            tuple(nodes),
            there,
            waiting,
            tuple(supply for supply in self.supplies if supply.sku in wanted),
            load=self.load(days, consistent=consistent),
            backordered=self.backordered,
            on_hand=there,
        )

    def load(
        self, days: Sequence[str], *, consistent: bool, order_id: str = "", first_part: int = 1
    ) -> dict[tuple[str, str], int]:
        return {key: parts for key, parts in self.taken.items() if key[1] in days}
