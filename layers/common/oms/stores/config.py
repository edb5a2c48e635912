"""Configuration: channels, nodes, products, carriers, rules. Cached per warm worker.

| pk | sk | content |
|---|---|---|
| CHANNEL#id | ACTIVE | Channel |
| NODES | ACTIVE | {"nodes": [node ids]}: the network |
| NODE#id | ACTIVE | Node |
| PRODUCT#sku | ACTIVE | Product |
| CARRIER#id | ACTIVE | carrier configuration (gateways/carriers/tariff.py) |
| CARRIERS | ACTIVE | {"carriers": [ids]} |
| RULES#profile | ACTIVE | SourcingRules |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..domain.errors import NotFound
from ..domain.network import Node
from ..domain.rules import CarrierService, Channel, Product, SourcingRules
from .codec import decode, encode
from .table import MAX_BATCH_GET, Item, Table

TTL_S = 60
ACTIVE = "ACTIVE"
_ABSENT: Item = {}
SECONDS_A_YEAR = 31_556_952
Calendar = Callable[[str, tuple[int, ...]], frozenset[str]]


def _no_holidays(code: str, years: tuple[int, ...]) -> frozenset[str]:
    return frozenset()


class ConfigStore:
    """`clock` in seconds, monotonic: what was read is believed for `TTL_S`.

    `calendar` answers the public holidays of a country or subdivision as ISO dates.
    """

    def __init__(
        self, table: Table, clock: Callable[[], float], calendar: Calendar = _no_holidays
    ) -> None:
        self.table = table
        self.clock = clock
        self.calendar = calendar
        self.cached: dict[str, tuple[float, Any]] = {}

    def channel(self, id: str) -> Channel:
        item = self._read([f"CHANNEL#{id}", "NODES", "CARRIERS", "RULES#default"])[f"CHANNEL#{id}"]
        if not item:
            raise NotFound(f"there is no channel {id}", fields={"/channel": "unknown"})
        channel: Channel = decode(Channel, item)
        return channel

    def nodes(self, channel: Channel) -> tuple[Node, ...]:
        ids = list(channel.nodes) or self.node_ids()
        rows = self._read([f"NODE#{id}" for id in ids])
        return tuple(decode(Node, row) for row in rows.values() if row)

    def node_ids(self) -> list[str]:
        ids: list[str] = self._read(["NODES"])["NODES"].get("nodes", [])
        return ids

    def node(self, id: str) -> Node:
        row = self._read([f"NODE#{id}"])[f"NODE#{id}"]
        if not row:
            raise NotFound(f"there is no node {id}", fields={"/node": "unknown"})
        node: Node = decode(Node, row)
        return node

    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        rows = self._read([f"PRODUCT#{sku}" for sku in dict.fromkeys(skus)])
        return {row["sku"]: decode(Product, row) for row in rows.values() if row}

    def rules(self, profile: str) -> SourcingRules:
        row = self._read([f"RULES#{profile}"])[f"RULES#{profile}"]
        rules: SourcingRules = decode(SourcingRules, row) if row else SourcingRules(profile)
        return rules

    def services(self) -> tuple[CarrierService, ...]:
        row = self._read(["CARRIERS"])["CARRIERS"]
        return tuple(decode(CarrierService, service) for service in row.get("services", []))

    def holidays(
        self, nodes: Sequence[Node], country: str, now: int
    ) -> Mapping[str, frozenset[str]]:
        year = 1970 + now // SECONDS_A_YEAR
        codes = {node.holidays or node.address.country for node in nodes} | {country}
        return {code: self.calendar(code, (year, year + 1)) for code in sorted(codes) if code}

    def carrier(self) -> Item:
        """The embedded carrier's own configuration."""
        return self._read(["CARRIER#tariff"])["CARRIER#tariff"]

    def put(self, key: str, value: Any) -> None:
        """Replace one entry (seeding, administration)."""
        plain = value if isinstance(value, dict) else encode(value)
        self.table.put_always({"pk": key, "sk": ACTIVE, **plain})
        self.cached.pop(key, None)

    def _read(self, wanted: list[str]) -> dict[str, Item]:
        """Entries by key; absent ones are empty. One round trip per 100 that are not cached."""
        now = self.clock()
        fresh = {k for k in wanted if k in self.cached and self.cached[k][0] > now}
        missing = [k for k in dict.fromkeys(wanted) if k not in fresh]
        for start in range(0, len(missing), MAX_BATCH_GET):
            chunk = missing[start : start + MAX_BATCH_GET]
            found = self.table.batch_get((pk, ACTIVE) for pk in chunk)
            for pk in chunk:
                self.cached[pk] = (now + TTL_S, found.get((pk, ACTIVE), _ABSENT))
        return {k: self.cached[k][1] for k in wanted}
