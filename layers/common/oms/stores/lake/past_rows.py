"""Lines of the lake as history: orders with where they went, and what else changed stock.

What orders did to stock is left out: a replay does that anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ...domain.hot_stock.place import location_in
from ...domain.model import units
from ...domain.model.fulfilment import DEAD, FulfilmentOrder
from ...domain.model.order import CANCELLED, OrderLine
from ...domain.model.promise import Promise
from ...domain.replaying.past import PastLine, PastOrder, Sent, StockChange
from ..dynamo.codec import decode

Row = Mapping[str, Any]
LEAVING = frozenset({"SHIP", "LATE_SHIP"})  # orders take their units along: no change of its own


def past_orders(rows: Iterable[Row]) -> list[PastOrder]:
    """Orders accepted in these days and not cancelled, less the units that were; their parts as
    the last version of each says.
    """
    items: dict[str, dict[str, Row]] = {}
    for row in rows:
        after, known = row["after"] or {}, items.setdefault(row["order_id"], {})
        if after.get("v", 0) >= known.get(row["item"], {}).get("v", 0):
            known[row["item"]] = after
    found = (_order(id, known) for id, known in items.items() if "SNAPSHOT" in known)
    return [order for order in found if order.lines]


def _order(id: str, items: Mapping[str, Row]) -> PastOrder:
    row, state = items["SNAPSHOT"], items.get("STATE", {})
    promise = decode(Promise, row["promise"]) if row.get("promise") else None
    to = row.get("destination", {})
    parts = [part for item, part in items.items() if item.startswith("FO#")]
    return PastOrder(
        id=id,
        at=row["placed_at"],
        channel=row["channel"],
        lines=() if state.get("status") == CANCELLED else _lines(row, state),
        country=to.get("country", ""),
        lat=to.get("lat", ""),
        lon=to.get("lon", ""),
        method=row["method"],
        service=row.get("service", "standard"),
        node=row.get("node", ""),
        promised=_day(promise),
        tier=row.get("tier", ""),
        sent=tuple(sent for part in parts if (sent := _sent(id, part))),
    )


def _lines(row: Row, state: Row) -> tuple[PastLine, ...]:
    """Each line with what is left of it; one that was cancelled, or is digital, stays with nothing,
    to keep the numbers.
    """
    gone = {int(no): len(units.parse(which)) for no, which in state.get("cancelled", {}).items()}
    lines = [decode(OrderLine, line) for line in row["lines"]]
    left = {line.no: 0 if line.digital else line.quantity - gone.get(line.no, 0) for line in lines}
    return tuple(_line(line, left[line.no]) for line in lines) if any(left.values()) else ()


def _line(line: OrderLine, quantity: int) -> PastLine:
    value = line.total * quantity // line.quantity
    own = (line.category, line.hazmat, line.together)
    return PastLine(line.sku, quantity, line.weight_g, value, *own)


def _sent(order_id: str, row: Row) -> Sent | None:
    """None for a part that was given back or cancelled, and for one that no node sent."""
    part = decode(FulfilmentOrder, {**row, "order_id": order_id, "number": 0})
    if part.status in DEAD or part.digital:
        return None
    last = row.get("last", {})
    done = last.get("at", 0) if part.status in ("DELIVERED", "PICKED_UP") else 0
    return Sent(
        node=part.node,
        lines={no: len(which) for no, which in part.lines.items()},
        due=_day(part.promise),
        done=_iso(done),
    )


def _day(promise: Promise | None) -> str:
    return (promise.deliver_by or promise.ready_by[:10]) if promise else ""


def _iso(at: int) -> str:
    return (date(1970, 1, 1) + timedelta(seconds=at)).isoformat() if at else ""


def stock_changes(rows: Iterable[Row]) -> Iterator[StockChange]:
    """What was there before the first movement, then whatever orders did not do themselves."""
    for rows_of_item in _by_item(rows).values():
        first = rows_of_item[0]
        before = first["before"] or {}
        if before.get("available"):
            yield StockChange(0, first["sku"], first["node"], before["available"])
        for row in rows_of_item:
            units = _sellable(row["after"]) - _sellable(row["before"])
            if units and row["kind"] not in LEAVING:
                yield StockChange(row["at"], row["sku"], row["node"], units)


def _by_item(rows: Iterable[Row]) -> dict[tuple[str, str, int], list[Row]]:
    """The lines of each item, of a hot SKU at each location, as they happened."""
    found: dict[tuple[str, str, int], list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["version"], row["id"])):
        found.setdefault((row["sku"], row["node"], location_in(row)), []).append(row)
    return found


def _sellable(buckets: Row | None) -> int:
    """Units that belong to customers, whoever they are promised to."""
    here = buckets or {}
    kept_back = sum(units for name, units in here.items() if name.startswith("un_"))
    return int(here.get("on_hand", 0) - kept_back)
