"""Configuration: channels, nodes, products, carriers, rules. Cached per warm worker.

| pk (sk = ACTIVE) | content |
|---|---|
| CHANNEL#id | Channel |
| NODES#0 … NODES#3 | {"nodes": {id: Node}}: the network in few rows, so that it is one read |
| | `closed#id`: until when node id takes no orders (0: until it is opened); absent: it does |
| PRODUCT#sku | Product |
| SAFETY | {"rules": [SafetyRule]}: what every node keeps back, beside its own rules |
| CARRIERS | {"services": [CarrierService]} |
| CARRIER#id | that carrier's own configuration (gateways/carriers/tariff.py) |
| RULES#profile | SourcingRules |
| SUPPLIER#id | Supplier |
| SCARCITY | ScarcityPrices as one object (stores/config/scarcity.py) |
| SIGNALS | Reports about nodes (stores/config/reports.py) |
| LANES | margins of carrier lanes that are late too often (stores/config/lanes.py) |
| CALENDARS | {calendar code: [ISO dates]}: public holidays of two years |
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from ...domain.errors import Fault, NotFound
from ...domain.limits.sourcing import CONFIG_TTL_S
from ...domain.model.carriage import CarrierService
from ...domain.model.channel import Channel
from ...domain.model.kits import check_kit
from ...domain.model.node import Node
from ...domain.model.product import Product
from ...domain.model.rules import SourcingRules
from ...domain.model.safety import SafetyRule
from ...domain.sourcing.outlook import Outlook
from ...domain.supplying.supplier import Supplier
from ..dynamo.codec import decode, encode
from ..dynamo.table import MAX_BATCH_GET, Item, Table
from . import keys
from .lanes import days_of
from .reports import reports_of
from .scarcity import prices_of

T = TypeVar("T")
CLOSED = "closed"
MAX_CACHED = 20_000  # rows of about 1 KB
SECONDS_A_YEAR = 31_556_952
_ABSENT: Item = {}
Calendar = Callable[[str, tuple[int, ...]], frozenset[str] | None]


def _no_holidays(code: str, years: tuple[int, ...]) -> frozenset[str]:
    return frozenset()


class ConfigStore:
    """`clock` in seconds, monotonic: what was read is believed for `ttl_s`, but not that a row is
    missing: it may be set up at any moment. Rows that all decisions share may well be missing.

    `calendar` answers the public holidays of a code that CALENDARS does not have, None of one that
    nobody knows.
    """

    def __init__(
        self,
        table: Table,
        clock: Callable[[], float],
        calendar: Calendar = _no_holidays,
        ttl_s: float = CONFIG_TTL_S,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.table = table
        self.clock = clock
        self.calendar = calendar
        self.ttl_s = ttl_s
        self.now = now
        self.cached: dict[str, tuple[float, Any]] = {}
        self.made: dict[str, tuple[Sequence[Item], Any]] = {}

    def warm(self, channel: str, skus: Iterable[str] = ()) -> None:
        """All that a decision reads, in one round trip when nothing is cached."""
        products = [keys.product_pk(sku) for sku in dict.fromkeys(skus)]
        self._read([keys.channel_pk(channel), *SHARED, *products])

    def channel(self, id: str) -> Channel:
        item = self._one(keys.channel_pk(id))
        if not item:
            raise NotFound(f"there is no channel {id}", fields={"/channel": "unknown"})
        return self._once(keys.channel_pk(id), [item], lambda: decode(Channel, item))

    def nodes(self, channel: Channel) -> tuple[Node, ...]:
        """As configured, and offline while they take no orders."""
        every, now = self._network(), self.now()
        chosen = [id for id in channel.nodes if id in every] if channel.nodes else sorted(every)
        found = (every[id] for id in chosen)
        return tuple(
            replace(node, online=False)
            if until is not None and (not until or until > now)
            else node
            for node, until in found
        )

    def every_node(self) -> tuple[Node, ...]:
        rows = self._read(keys.NETWORK).values()
        every = {id: node for row in rows for id, node in row.get("nodes", {}).items()}
        return tuple(decode(Node, node) for _, node in sorted(every.items()))

    def node(self, id: str) -> Node:
        every, now = self._network(), self.now()
        if id not in every:
            raise NotFound(f"there is no node {id}", fields={"/node": "unknown"})
        node, until = every[id]
        closed = until is not None and (not until or until > now)
        return replace(node, online=False) if closed else node

    def _network(self) -> Mapping[str, tuple[Node, int | None]]:
        """Each node with what all keep back, and until when it is closed."""
        safety, *network = self._read([keys.SAFETY, *keys.NETWORK]).values()
        return self._once("NETWORK", [safety, *network], lambda: _decoded(safety, network))

    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        rows = self._read([keys.product_pk(sku) for sku in dict.fromkeys(skus)])
        return {
            row["sku"]: self._once(pk, [row], partial(decode, Product, row))
            for pk, row in rows.items()
            if row
        }

    def rules(self, profile: str) -> SourcingRules:
        row = self._one(keys.rules_pk(profile))
        if not row:
            return SourcingRules(profile)
        return self._once(keys.rules_pk(profile), [row], lambda: decode(SourcingRules, row))

    def services(self) -> tuple[CarrierService, ...]:
        """With the margins of lanes that are late too often."""
        lanes, carriers = self._one(keys.LANES), self._one(keys.CARRIERS)
        return self._once("SERVICES", [lanes, carriers], lambda: _services(carriers, lanes))

    def holidays(
        self, nodes: Sequence[Node], country: str, now: int
    ) -> Mapping[str, frozenset[str]]:
        year = 1970 + now // SECONDS_A_YEAR
        row = self._one(keys.CALENDARS)
        codes = sorted({node.holidays or node.address.country for node in nodes} | {country})
        found = {
            code: self._once(f"{code} {year}", [row], partial(self._calendar, row, code, year))
            for code in codes
            if code
        }
        return {code: dates for code, dates in found.items() if dates is not None}

    def _calendar(self, row: Item, code: str, year: int) -> frozenset[str] | None:
        return frozenset(row[code]) if code in row else self.calendar(code, (year, year + 1))

    def supplier(self, id: str) -> Supplier:
        row = self._one(keys.supplier_pk(id))
        if not row:
            raise NotFound(f"there is no supplier {id}", fields={"/supplier": "unknown"})
        return decode(Supplier, row)

    def outlook(self) -> Outlook:
        """What is published for all decisions."""
        prices, signals = self._one(keys.SCARCITY), self._one(keys.SIGNALS)
        return self._once(
            "OUTLOOK", [prices, signals], lambda: Outlook(prices_of(prices), reports_of(signals))
        )

    def carrier(self) -> Item:
        """The embedded carrier's own configuration."""
        return self._one(keys.carrier_pk("tariff"))

    def put(self, key: str, value: Any) -> None:
        """Replace one row (seeding, administration)."""
        plain = value if isinstance(value, dict) else encode(value)
        self.table.put_always({"pk": key, "sk": keys.ACTIVE, **plain})
        self.cached.pop(key, None)

    def put_product(self, product: Product) -> None:
        """Raises ValidationFailed naming the component that a kit cannot be made of."""
        if product.components:
            check_kit(product, self.products(product.components))
        self.put(keys.product_pk(product.sku), product)

    def put_node(self, node: Node) -> None:
        """Add or replace one node without touching its neighbours."""
        row = keys.network_pk(node.id)
        self.table.put_if_absent({"pk": row, "sk": keys.ACTIVE, "nodes": {}})
        self.table.update(
            row,
            keys.ACTIVE,
            "SET nodes.#id = :node",
            "attribute_exists(pk)",
            {"#id": node.id},
            {":node": encode(node)},
        )
        self.cached.pop(row, None)

    def close_node(self, id: str, until: int | None) -> None:
        """It takes no orders until then (0: until it is opened); None: it does again."""
        change = "REMOVE #closed" if until is None else "SET #closed = :until"
        values = {} if until is None else {":until": until}
        row, names = keys.network_pk(id), {"#closed": f"{CLOSED}#{id}"}
        self.table.update(row, keys.ACTIVE, change, "attribute_exists(pk)", names, values)
        self.cached.pop(row, None)

    def _one(self, key: str) -> Item:
        return self._read([key])[key]

    def _read(self, wanted: Sequence[str]) -> dict[str, Item]:
        """Rows by key; absent ones are empty. One round trip per 100 that are not cached."""
        now = self.clock()
        if len(self.cached) > MAX_CACHED:  # a feed asks for every product there is
            self.cached.clear()
            self.made.clear()
        fresh = {k for k in wanted if k in self.cached and self.cached[k][0] > now}
        missing = [k for k in dict.fromkeys(wanted) if k not in fresh]
        for start in range(0, len(missing), MAX_BATCH_GET):
            chunk = missing[start : start + MAX_BATCH_GET]
            try:
                found = self.table.batch_get((pk, keys.ACTIVE) for pk in chunk)
            except Fault:
                if all(pk in self.cached for pk in chunk):
                    continue  # what was believed is better than no answer
                raise
            for pk in chunk:
                row = found.get((pk, keys.ACTIVE), _ABSENT)
                self.cached[pk] = (now + (self.ttl_s if row or pk in SHARED else 0), row)
        return {k: self.cached[k][1] for k in wanted}

    def _once(self, what: str, rows: Sequence[Item], make: Callable[[], T]) -> T:
        """What is made of rows, kept until one of them is read again: a request decodes nothing."""
        known, found = self.made.get(what, (None, None))
        if known is None or any(a is not b for a, b in zip(known, rows, strict=True)):
            found = make()
            self.made[what] = (rows, found)
        return cast(T, found)


def _decoded(safety: Item, network: Sequence[Item]) -> dict[str, tuple[Node, int | None]]:
    everywhere = tuple(decode(SafetyRule, rule) for rule in safety.get("rules", ()))
    found = {}
    for row in network:  # of nodes, or none
        for id, node in row.get("nodes", {}).items():
            made = decode(Node, node)
            made = replace(made, safety_rules=(*made.safety_rules, *everywhere))
            found[id] = (made, row.get(f"{CLOSED}#{id}"))
    return found


def _services(carriers: Item, lanes: Item) -> tuple[CarrierService, ...]:
    found = carriers.get("services", [])
    return tuple(_with_margins(decode(CarrierService, each), lanes) for each in found)


def _with_margins(service: CarrierService, lanes: Item) -> CarrierService:
    days = days_of(lanes, service.carrier, service.service)
    return replace(service, margins=days) if days else service


SHARED = [
    *keys.NETWORK,
    keys.SAFETY,
    keys.CARRIERS,
    keys.CALENDARS,
    keys.SCARCITY,
    keys.SIGNALS,
    keys.LANES,
    keys.rules_pk("default"),
]
