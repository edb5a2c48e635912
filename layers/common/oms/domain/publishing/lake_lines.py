"""Lines of the lake: each change of an order and each movement of stock, without personal data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..model.geo import position
from .changes import OF_AN_ORDER, Row, StreamChange, event_id, is_stock, where

ORDERS, STOCK = "orders", "stock"
# Attributes that name a person, a secret, or hold free text in which somebody may be named.
# `to`, `subject`, `body` are of messages; `cu` is the customer's index key.
PERSONAL = frozenset(
    "customer cu ship_to code token to subject body note timeline tl action_url".split()
)
BY_HAND = "BY_HAND"
BUCKETS = MappingProxyType(
    {"oh": "on_hand", "al": "allocated", "sg": "staged", "so": "soft", "av": "available"}
)


def line_of(change: StreamChange) -> Row | None:
    """The change as one line of the lake; None for rows that only serve ourselves."""
    if is_stock(change):
        if _moved(change):
            return _movement_line(change)
        return _line_by_hand(change) if _buckets(change.old) != _buckets(change.new) else None
    kind = change.sk.partition("#")[0]
    if kind not in OF_AN_ORDER and kind not in ("MSG", "DEC"):
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
        **where(change),
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


def impersonal(value: Any) -> Any:
    """The value without what names a person, at any depth."""
    if isinstance(value, Mapping):
        return {k: impersonal(v) for k, v in value.items() if k not in PERSONAL}
    if isinstance(value, list):
        return [impersonal(item) for item in value]
    return value
