"""What the outside hears of a committed change: at most one event for each new version of an item.

Event id `<pk>|<sk>:<version>`: delivered twice it is the same event. Orders and stock become bus
events and lines of the lake; neither carries personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from ..hot_stock.place import ItemKey, place_of
from ..model.geo import position
from ..nodes.node_status import OPEN
from .level_events import LEVEL_PK, level_event
from .promise_accuracy import measured
from .supply_events import COUNT_SK, DOCUMENT_SK, supply_event

Row = Mapping[str, Any]
ORDERS, STOCK = "orders", "stock"
NOUNS = {
    "SNAPSHOT": "order",
    "STATE": "order",
    "FO": "fulfilment",
    "PAY": "payment",
    "RETURN": "return",
}
NODE_PK, TOLD_OF_NODES = "NODE#", frozenset({"open", "pause", "close"})
# Attributes that name a person, a secret, or hold free text in which somebody may be named.
# `to`, `subject`, `body` are of messages; `cu` is the customer's index key.
PERSONAL = frozenset(
    "customer cu ship_to code token to subject body note timeline tl action_url".split()
)
BOOKED = MappingProxyType(
    {
        "RECEIVE": "receive",
        "TRANSFER_RECEIVE": "receive",
        "TRANSFER_SHIP": "adjust",
        "ADJUST": "adjust",
        "COUNT": "adjust",
    }
)
BY_HAND = "BY_HAND"
BUCKETS = MappingProxyType(
    {"oh": "on_hand", "al": "allocated", "sg": "staged", "so": "soft", "av": "available"}
)


class StreamChange(Protocol):
    """One stream record: `id` is its sequence number, `at` when it was written (epoch seconds)."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def pk(self) -> str: ...
    @property
    def sk(self) -> str: ...
    @property
    def old(self) -> dict[str, Any] | None: ...
    @property
    def new(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class Event:
    """`type` is "<noun>.<event>"; `detail` what docs/events.md lists."""

    id: str
    type: str
    at: int
    detail: Row


def event_of(change: StreamChange) -> Event | None:
    """None: nothing new was written, or nobody is told of it."""
    new, old = change.new, change.old or {}
    if new is None or "last" not in new or new.get("v") == old.get("v"):
        return None
    if is_stock(change):
        return _stock_event(change, old, new)
    if change.pk.startswith(NODE_PK):
        return _node_event(change, new)
    if change.pk.startswith(LEVEL_PK):
        return _of(change, *level_event(change.pk, change.sk, new))
    if change.sk in (DOCUMENT_SK, COUNT_SK):
        return _of(change, *supply_event(change.sk, new))
    return _order_event(change, new)


def _of(change: StreamChange, type: str, detail: Row) -> Event:
    return Event(event_id(change), type, detail["at"], {"id": event_id(change), **detail})


def _order_event(change: StreamChange, new: Row) -> Event | None:
    kind, _, number = change.sk.partition("#")
    if kind not in NOUNS:
        return None
    last = new["last"]
    detail = {
        "id": event_id(change),
        "order_id": change.pk.partition("#")[2],
        "number": int(number or 0),
        "event": last["k"],
        "version": new["v"],
        "at": last["at"],
        "by": last["by"],
        "cause": last.get("cause", ""),
        "status": new.get("status", _initial(kind)),
    }
    detail |= {name: new[name] for name in ("channel", "node", "method") if new.get(name)}
    type = f"{NOUNS[kind]}.{last['k']}"
    if new.get("purchase"):  # a purchase order: who listens for suppliers sends it on
        detail["purchase"] = True
    if promise := measured(type, new):
        detail |= {"promised": promise.promised, "late_days": promise.late_days}
    return Event(detail["id"], type, last["at"], detail)


def _node_event(change: StreamChange, new: Row) -> Event | None:
    """A node stops taking orders or takes them again; looks at its work list are not told, nor is
    the reason, which is free text.
    """
    last = new["last"]
    if last["k"] not in TOLD_OF_NODES:
        return None
    detail = {
        "id": event_id(change),
        "node": change.pk.removeprefix(NODE_PK),
        "event": last["k"],
        "status": new.get("status", OPEN),
        "until": new.get("until", 0),
        "version": new["v"],
        "at": last["at"],
        "by": last["by"],
    }
    return Event(detail["id"], f"node.{last['k']}", last["at"], detail)


def _initial(kind: str) -> str:
    """Items leave out fields at their default."""
    first = {"SNAPSHOT": "RECEIVED", "STATE": "RECEIVED", "FO": "ASSIGNED", "RETURN": "APPROVED"}
    return first.get(kind, "")


def _stock_event(change: StreamChange, old: Row, new: Row) -> Event | None:
    """Crossing zero is told before what caused it; `movement` names that in any case.

    Of a hot SKU the main item speaks, and it is not out while another may have units.
    """
    if not _place(change).is_main:
        return None
    before, after, last = _to_sell(old), _to_sell(new), new["last"]
    event = BOOKED.get(last["k"], "")
    if before > 0 >= after:
        event = "out"
    elif before <= 0 < after:
        event = "back"
    if not event:
        return None
    detail = {
        "id": event_id(change),
        **_named(change),
        "event": event,
        "movement": last["k"],
        "quantity": last["q"],
        "available": new.get("av", 0),
        "version": new["v"],
        "at": change.at,
        "by": last["by"],
        "cause": last.get("cause", ""),
    }
    return Event(detail["id"], f"stock.{event}", change.at, detail)


def line_of(change: StreamChange) -> Row | None:
    """The change as one line of the lake; None for rows that only serve ourselves."""
    if is_stock(change):
        if _moved(change):
            return _movement_line(change)
        return _line_by_hand(change) if _buckets(change.old) != _buckets(change.new) else None
    kind = change.sk.partition("#")[0]
    if kind not in NOUNS and kind not in ("MSG", "CASE", "DEC"):
        return None
    last = (change.new or {}).get("last", {})
    after = impersonal(change.new)
    if kind == "SNAPSHOT" and change.new and change.new.get("ship_to"):
        after["destination"] = region(change.new["ship_to"])
    if kind == "SNAPSHOT" and change.new and (tier := _tier(change.new)):
        after["tier"] = tier  # rules ask for it; it names nobody
    return {
        "id": event_id(change),
        "order_id": change.pk.partition("#")[2],
        "item": change.sk,
        "event": last.get("k", ""),
        "at": last.get("at", change.at),
        "before": impersonal(change.old),
        "after": after,
    }


def _tier(row: Row) -> str:
    return str((row.get("customer") or {}).get("tier", ""))


def region(address: Row) -> dict[str, str]:
    """Where an order goes, as coarse as sourcing can still be replayed with: the country, and a
    position of one decimal, some ten kilometres, in which nobody is found.
    """
    found = {"country": str(address.get("country", ""))}
    at = position(str(address.get("lat", "")), str(address.get("lon", "")))
    return found | ({"lat": f"{at[0]:.1f}", "lon": f"{at[1]:.1f}"} if at else {})


def _moved(change: StreamChange) -> bool:
    """Merging an item's recent flows is no movement, and makes no version."""
    return (change.new or {}).get("v") != (change.old or {}).get("v")


def _line_by_hand(change: StreamChange) -> Row:
    """Buckets changed and no movement says so: the ledger stays as it is, and the auditor looks."""
    line = _movement_line(change)
    nothing = {"movement": "", "quantity": 0, "by": "", "cause": "", "deltas": {}}
    return {**line, **nothing, "id": f"{line['id']}#{change.id}", "kind": BY_HAND}


def _movement_line(change: StreamChange) -> Row:
    last = (change.new or {}).get("last", {})
    return {
        "id": event_id(change),
        **_named(change),
        "kind": last.get("k", ""),
        "movement": last.get("id", ""),
        "quantity": last.get("q", 0),
        "by": last.get("by", ""),
        "cause": last.get("cause", ""),
        "at": change.at,
        "version": (change.new or {}).get("v", 0),
        "deltas": {BUCKETS.get(short, short): n for short, n in last.get("d", {}).items()},
        "before": _buckets(change.old),
        "after": _buckets(change.new),
    }


def _buckets(item: Row | None) -> dict[str, int] | None:
    if item is None:
        return None
    unavailable = {k: v for k, v in item.items() if k.startswith("un_")}
    return {name: item.get(short, 0) for short, name in BUCKETS.items()} | unavailable


def _to_sell(row: Row) -> int:
    available: int = row.get("av", 0)
    return max(1, available) if row.get("pg", 0) > row.get("ck", 0) else available


def _place(change: StreamChange) -> ItemKey:
    place = place_of(change.pk, change.sk)
    assert place is not None
    return place


def _named(change: StreamChange) -> Row:
    return _place(change).labels


def is_stock(change: StreamChange) -> bool:
    return place_of(change.pk, change.sk) is not None


def event_id(change: StreamChange) -> str:
    version = (change.new or change.old or {}).get("v", 0)
    return f"{change.pk}|{change.sk}:{version}"


def impersonal(value: Any) -> Any:
    """The value without what names a person, at any depth."""
    if isinstance(value, Mapping):
        return {k: impersonal(v) for k, v in value.items() if k not in PERSONAL}
    if isinstance(value, list):
        return [impersonal(item) for item in value]
    return value
