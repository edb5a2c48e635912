"""Nodes, services and networks for tests, with every detail that does not matter filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from oms.domain.model import units
from oms.domain.model.address import Address
from oms.domain.model.carriage import CarrierService
from oms.domain.model.demand import Demand, DemandLine
from oms.domain.model.network import Network
from oms.domain.model.node import STORE, Node

WEEK = range(7)
MON_FRI = range(5)
MON_SAT = range(6)
BERLIN = ("52.5200", "13.4050")
HAMBURG = ("53.5511", "9.9937")
MUNICH = ("48.1374", "11.5755")
POTSDAM = ("52.3906", "13.0645")


def hours(days: range, *spans: str) -> dict[int, tuple[tuple[str, str], ...]]:
    """`hours(MON_FRI, "09:00-18:00")`."""
    pairs = []
    for span in spans:
        opens, _, closes = span.partition("-")
        pairs.append((opens, closes))
    return {day: tuple(pairs) for day in days}


def node(
    id: str,
    at: tuple[str, str] = BERLIN,
    *,
    country: str = "DE",
    timezone: str = "Europe/Berlin",
    open: Mapping[int, tuple[tuple[str, str], ...]] | None = None,
    methods: str = "SHIP PICKUP",
    **more: Any,
) -> Node:
    return Node(
        id=id,
        kind=more.pop("kind", STORE),
        name=id,
        address=Address(id, "Street 1", "Town", country, lat=at[0], lon=at[1]),
        timezone=timezone,
        hours=hours(MON_FRI, "09:00-18:00") if open is None else open,
        methods=frozenset(methods.split()),
        **more,
    )


def service(
    name: str = "standard",
    *,
    days: int = 1,
    price: int = 490,
    prices: tuple[tuple[int, int], ...] = (),
    zones: str = "domestic region world",
    **more: Any,
) -> CarrierService:
    """One price to all zones unless `prices` gives brackets."""
    brackets = prices or ((30_000, price),)
    return CarrierService(
        carrier=more.pop("carrier", "parcels"),
        service=name,
        transit_days=dict.fromkeys(zones.split(), days),
        prices=dict.fromkeys(zones.split(), brackets),
        **more,
    )


def stock(rows: str) -> dict[tuple[str, str], int]:
    """A text table: `DC: A9 B9` lines → (SKU, node) → units."""
    found = {}
    for row in filter(str.strip, rows.splitlines()):
        node_id, _, held = row.partition(":")
        for sku, quantity in re.findall(r"([A-Za-z]+)(-?\d+)", held):
            found[sku, node_id.strip()] = int(quantity)
    return found


def demand(wanted: str, to: tuple[str, str] = BERLIN, **more: Any) -> Demand:
    """`demand("A2 B1")`: one line per word, line 1 is two of A."""
    excluded: Mapping[int, frozenset[str]] = more.pop("excluded", {})
    weight_g = more.pop("weight_g", 500)
    lines = tuple(
        DemandLine(no, sku, units.of(int(quantity)), weight_g, excluded.get(no, frozenset()))
        for no, (sku, quantity) in enumerate(re.findall(r"([A-Za-z]+)(\d+)", wanted), 1)
    )
    country = more.pop("country", "DE")
    return Demand(lines=lines, country=country, lat=to[0], lon=to[1], **more)


def network(nodes: list[Node], rows: str, **more: Any) -> Network:
    return Network(tuple(nodes), stock(rows), **more)


def at(text: str) -> int:
    """Epoch seconds of "2026-12-23T13:59+01:00"."""
    return int(datetime.fromisoformat(text).timestamp())
