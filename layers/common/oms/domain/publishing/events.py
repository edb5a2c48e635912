"""What the bus hears of a committed change: at most one event for each new version of an item.

The table of consequences says which changes are events on the bus and what they are called; each
has its contract in `contracts/bus_events.py`. None carries personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..consequences.consequence import Noun
from ..nodes.node_status import OPEN
from .changes import LEVEL_PK, NODE_PK, Happened, Row, StreamChange, event_id, happened, where
from .promise_accuracy import measured
from .supply_events import counted, of_document

OF_LEVEL = ("level", "available", "low", "target_days")


@dataclass(frozen=True, slots=True)
class Event:
    """`type` is "<noun>.<what happened>"; `detail` what docs/events.md lists."""

    id: str
    type: str
    at: int
    detail: Row


def event_of(change: StreamChange) -> Event | None:
    """None: nothing new was written, or it stays inside."""
    found = happened(change)
    if found is None or not found.follows.published:
        return None
    type, last = found.follows.published, found.row["last"]
    detail = {
        "id": event_id(change),
        "event": type.partition(".")[2],
        "version": found.row["v"],
        "at": last.get("at", change.at),
        "by": last["by"],
        **ABOUT[found.noun](change, found),
    }
    if last.get("c"):  # of the request that it followed from
        detail["correlation_id"] = last["c"]
    return Event(detail["id"], type, detail["at"], detail)


def _of_order(change: StreamChange, found: Happened) -> dict[str, Any]:
    kind, _, number = change.sk.partition("#")
    row = found.row
    about: dict[str, Any] = {
        "order_id": change.pk.partition("#")[2],
        "number": int(number or 0),
        "cause": row["last"].get("cause", ""),
        "status": row.get("status", FIRST.get(kind, "")),
    }
    about |= {name: row[name] for name in ("channel", "node", "method") if row.get(name)}
    if row.get("purchase"):  # a purchase order: who listens for suppliers sends it on
        about["purchase"] = True
    return about


def _of_part(change: StreamChange, found: Happened) -> dict[str, Any]:
    about = _of_order(change, found)
    if promise := measured(found.event, found.row):
        about |= {"promised": promise.promised, "late_days": promise.late_days}
    return about


# items leave out fields at their default
FIRST = MappingProxyType(
    {"SNAPSHOT": "RECEIVED", "STATE": "RECEIVED", "FO": "ASSIGNED", "RETURN": "APPROVED"}
)


def _of_case(change: StreamChange, found: Happened) -> dict[str, Any]:
    """Without notes and reasons, which are free text."""
    row, (noun, _, name) = found.row, change.pk.partition("#")
    number = change.sk.rpartition("#")[2]
    of_order = noun == "O"
    return {
        "kind": row["kind"],
        "status": row["status"],
        "owner": row.get("owner", ""),
        "due_at": row["due_at"],
        "order_id": name if of_order else "",
        "number": int(number) if of_order else 0,
        "sku": "" if of_order else name,
        "node": row.get("node", ""),
    }


def _of_node(change: StreamChange, found: Happened) -> dict[str, Any]:
    """Without the reason, which is free text."""
    row = found.row
    status, until = row.get("status", OPEN), row.get("until", 0)
    return {"node": change.pk.removeprefix(NODE_PK), "status": status, "until": until}


def _of_stock(change: StreamChange, found: Happened) -> dict[str, Any]:
    last = found.row["last"]
    return {
        **where(change),
        "movement": last["k"],
        "quantity": last["q"],
        "available": found.row.get("av", 0),
        "at": change.at,
        "cause": last.get("cause", ""),
    }


def _of_level(change: StreamChange, found: Happened) -> dict[str, Any]:
    row, sku = found.row, change.pk.removeprefix(LEVEL_PK)
    measured = {name: row[name] for name in OF_LEVEL}
    node = change.sk.removeprefix(LEVEL_PK)
    return {"sku": sku, "node": node, **measured, "cause": row["last"]["cause"]}


def _of_campaign(change: StreamChange, found: Happened) -> dict[str, Any]:
    row, sku = found.row, change.pk.removeprefix(LEVEL_PK)
    channels, cause = list(row["channels"]), row["last"]["cause"]
    return {"sku": sku, "channels": channels, "status": row["status"], "cause": cause}


def _of_document(_: StreamChange, found: Happened) -> dict[str, Any]:
    return of_document(found.row)


def _of_count(_: StreamChange, found: Happened) -> dict[str, Any]:
    return counted(found.row)


ABOUT: Mapping[Noun, Callable[[StreamChange, Happened], dict[str, Any]]] = MappingProxyType(
    {
        Noun.ORDER: _of_order,
        Noun.FULFILMENT: _of_part,
        Noun.PAYMENT: _of_order,
        Noun.RETURN: _of_order,
        Noun.CASE: _of_case,
        Noun.NODE: _of_node,
        Noun.STOCK_ITEM: _of_stock,
        Noun.STOCK_LEVEL: _of_level,
        Noun.CAMPAIGN: _of_campaign,
        Noun.PURCHASE_ORDER: _of_document,
        Noun.ADVANCE_NOTICE: _of_document,
        Noun.TRANSFER: _of_document,
        Noun.COUNT: _of_count,
    }
)
