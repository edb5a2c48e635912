"""History as a file: JSON lines, each an object of one member, so that a file needs nothing else.

{"node": {…}}      a node of the network, as in the configuration
{"service": {…}}   a carrier service
{"calendar": {"code": "FR", "days": ["2026-12-25"]}}
{"stock": {"at": 0, "sku": "SKU-001", "node": "dc-lille", "units": 40}}
{"prices": {"version": 7, "at": 0, "until": 3600, "prices": {"SKU-001": {"dc-lille": 60}}}}
{"order": {"id": "…", "at": 1795508400, "channel": "web", "lines": [{"sku": "SKU-001",
           "quantity": 2, "weight_g": 500, "value": 3998}],
           "country": "FR", "lat": "48.9", "lon": "2.4",
           "method": "SHIP", "service": "standard", "node": "", "promised": "2026-11-26",
           "sent": [{"node": "dc-lille", "lines": {"1": 2}, "due": "2026-11-26", "done": ""}]}}

`at` is epoch seconds; `units` come (or go, where negative) at that moment for another reason than
these orders. Without a node the system's network is taken, without stock every node has everything,
without prices scarcity counts as nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...domain.errors import ValidationFailed
from ...domain.model.carriage import CarrierService
from ...domain.model.node import Node
from ...domain.publishing import price_line
from ...domain.replaying.history import ReplayHistory
from ...domain.replaying.past import PastOrder, StockChange
from ..dynamo.codec import decode, encode

KINDS = {"node": Node, "service": CarrierService, "stock": StockChange, "order": PastOrder}


def parsed(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """(kind, value) of each line. Raises ValidationFailed, naming the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parsed(number, line)


def _parsed(number: int, line: str) -> tuple[str, Any]:
    try:
        ((kind, plain),) = json.loads(line).items()
        if kind == "calendar":
            return kind, {"code": str(plain["code"]), "days": list(plain["days"])}
        if kind == "prices":
            return kind, price_line.prices_of(plain)
        return kind, decode(KINDS[kind], plain)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        wrong = f"line {number} is none of history: {error}"
        raise ValidationFailed(wrong, fields={"/file": wrong}) from error


def lines_of(history: ReplayHistory) -> Iterator[dict[str, Any]]:
    yield from ({"node": encode(node)} for node in history.place.nodes)
    yield from ({"service": encode(service)} for service in history.place.services)
    for code, days in history.place.holidays.items():
        yield {"calendar": {"code": code, "days": sorted(days)}}
    for each in history.past:
        if isinstance(each, PastOrder):
            yield {"order": encode(each)}
        elif isinstance(each, StockChange):
            yield {"stock": encode(each)}
        else:
            yield {"prices": price_line.line_of(each)}
