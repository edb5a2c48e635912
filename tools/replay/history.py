"""History as a file: JSON lines, each an object of one member, so that a file needs nothing else.

{"node": {…}}      a node of the network, as in the configuration
{"service": {…}}   a carrier service
{"calendar": {"code": "FR", "days": ["2026-12-25"]}}
{"stock": {"at": 0, "sku": "SKU-001", "node": "dc-lille", "units": 40}}
{"order": {"id": "…", "at": 1795508400, "channel": "web", "lines": [{"sku": "SKU-001",
           "quantity": 2, "weight_g": 500, "value": 3998}],
           "country": "FR", "lat": "48.9", "lon": "2.4",
           "method": "SHIP", "service": "standard", "node": "", "promised": "2026-11-26",
           "sent": [{"node": "dc-lille", "lines": {"1": 2}, "due": "2026-11-26", "done": ""}]}}

`at` is epoch seconds; `units` come (or go, where negative) at that moment for another reason than
these orders. Without a node the demo's network is taken, without stock every node has everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.seed.carriers import TARIFF, services
from local.seed.network import NODES
from oms.domain.replaying.past import PastOrder, Place, StockChange
from oms.domain.sourcing.network import Node
from oms.domain.sourcing.rules import CarrierService
from oms.gateways.holidays import holiday_dates
from oms.stores.codec import decode, encode


class NotHistory(ValueError):
    """A line that is none of the above; the text says which and why."""


@dataclass(frozen=True, slots=True)
class History:
    """`past` in the order of time; `stocked`: whether it tells of stock at all."""

    place: Place
    past: tuple[PastOrder | StockChange, ...]
    stocked: bool

    @property
    def orders(self) -> int:
        return sum(isinstance(each, PastOrder) for each in self.past)


KINDS = {"node": Node, "service": CarrierService, "stock": StockChange, "order": PastOrder}


def read(path: Path) -> History:
    """Raises NotHistory, OSError."""
    with path.open(encoding="utf-8") as file:
        return collect(_parsed(n, line) for n, line in enumerate(file, 1) if line.strip())


def write(history: History, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines_of(history):
            file.write(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n")


def lines_of(history: History) -> Iterator[dict[str, Any]]:
    yield from ({"node": encode(node)} for node in history.place.nodes)
    yield from ({"service": encode(service)} for service in history.place.services)
    for code, days in history.place.holidays.items():
        yield {"calendar": {"code": code, "days": sorted(days)}}
    for each in history.past:
        yield {"order" if isinstance(each, PastOrder) else "stock": encode(each)}


def collect(found: Iterable[tuple[str, Any]]) -> History:
    """From (kind, value) pairs in any order."""
    sorts: dict[str, list[Any]] = {name: [] for name in (*KINDS, "calendar")}
    for kind, value in found:
        sorts[kind].append(value)
    past = sorted([*sorts["stock"], *sorts["order"]], key=_moment)
    nodes = tuple(sorts["node"]) or NODES
    carried = tuple(sorts["service"]) or tuple(services(TARIFF))
    calendars = {each["code"]: frozenset(each["days"]) for each in sorts["calendar"]}
    place = Place(nodes, carried, calendars or _calendars(nodes, past))
    return History(place, tuple(past), bool(sorts["stock"]))


def _moment(each: PastOrder | StockChange) -> tuple[int, bool]:
    """Of the same second, stock comes first."""
    return each.at, isinstance(each, PastOrder)


def _calendars(nodes: Iterable[Node], past: Iterable[PastOrder | StockChange]) -> dict[str, Any]:
    """Public holidays of all countries in it, in its years and the one after."""
    orders = [each for each in past if isinstance(each, PastOrder)]
    codes = {node.holidays or node.address.country for node in nodes}
    codes |= {order.country for order in orders}
    years = {1970 + order.at // 31_556_952 for order in orders}
    span = tuple(sorted(years | {year + 1 for year in years}))
    return {code: holiday_dates(code, span) for code in sorted(codes) if code}


def _parsed(number: int, line: str) -> tuple[str, Any]:
    try:
        ((kind, plain),) = json.loads(line).items()
        return kind, plain if kind == "calendar" else decode(KINDS[kind], plain)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotHistory(f"line {number} is none of history: {error}") from error
