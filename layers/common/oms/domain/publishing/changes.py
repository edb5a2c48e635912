"""A committed change of an item, and which event of which noun it records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from ..consequences.consequence import Consequence, Noun
from ..consequences.table import consequence_of
from ..hot_stock.place import ItemKey, place_of

Row = Mapping[str, Any]
NODE_PK, LEVEL_PK, CAMPAIGN_SK = "NODE#", "LEVEL#", "CAMPAIGN"
DOCUMENT_SK, COUNT_SK = "DOC", "SESSION"
OF_AN_ORDER: Mapping[str, Noun] = MappingProxyType(
    {
        "SNAPSHOT": Noun.ORDER,
        "STATE": Noun.ORDER,
        "FO": Noun.FULFILMENT,
        "PAY": Noun.PAYMENT,
        "RETURN": Noun.RETURN,
        "CASE": Noun.CASE,
    }
)
DOCUMENTS: Mapping[str, Noun] = MappingProxyType(
    {
        "PURCHASE_ORDER": Noun.PURCHASE_ORDER,
        "NOTICE": Noun.ADVANCE_NOTICE,
        "TRANSFER": Noun.TRANSFER,
    }
)
# kind of movement → event of the stock item
BOOKED: Mapping[str, str] = MappingProxyType(
    {
        "RECEIVE": "receive",
        "TRANSFER_RECEIVE": "receive",
        "TRANSFER_SHIP": "adjust",
        "ADJUST": "adjust",
        "COUNT": "adjust",
    }
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
class Happened:
    """`event` of `noun`, in the words of its life; `row` is the item as it is now."""

    noun: Noun
    event: str
    row: Row

    @property
    def follows(self) -> Consequence:
        return consequence_of(self.noun, self.event)


def happened(change: StreamChange) -> Happened | None:
    """None: nothing new was written, or the row is none of a noun's."""
    new, old = change.new, change.old or {}
    if new is None or "last" not in new or new.get("v") == old.get("v"):
        return None
    if is_stock(change):
        event = _stock_event(change, old, new)
        return Happened(Noun.STOCK_ITEM, event, new) if event else None
    noun = _noun(change, new)
    return Happened(noun, new["last"]["k"], new) if noun else None


def _noun(change: StreamChange, new: Row) -> Noun | None:
    if change.pk.startswith(NODE_PK):
        return Noun.NODE
    if change.pk.startswith(LEVEL_PK):
        return Noun.CAMPAIGN if change.sk == CAMPAIGN_SK else Noun.STOCK_LEVEL
    if change.sk == COUNT_SK:
        return Noun.COUNT
    if change.sk == DOCUMENT_SK:
        return DOCUMENTS[new["kind"]]
    return OF_AN_ORDER.get(change.sk.partition("#")[0])


def _stock_event(change: StreamChange, old: Row, new: Row) -> str:
    """Crossing zero comes before what caused it; the movement's kind says that in any case.

    Of a hot SKU the main item speaks, and it is not out while another may have units.
    """
    if not place(change).is_main:
        return ""
    before, after = _to_sell(old), _to_sell(new)
    if before > 0 >= after:
        return "out"
    if before <= 0 < after:
        return "back"
    return BOOKED.get(new["last"]["k"], "")


def _to_sell(row: Row) -> int:
    available: int = row.get("av", 0)
    return max(1, available) if row.get("pg", 0) > row.get("ck", 0) else available


def is_stock(change: StreamChange) -> bool:
    return place_of(change.pk, change.sk) is not None


def place(change: StreamChange) -> ItemKey:
    found = place_of(change.pk, change.sk)
    assert found is not None
    return found


def where(change: StreamChange) -> Row:
    """SKU and node of a stock item, and where it lies there."""
    return place(change).labels


def event_id(change: StreamChange) -> str:
    """`<pk>|<sk>:<version>`: delivered twice it is the same event."""
    version = (change.new or change.old or {}).get("v", 0)
    return f"{change.pk}|{change.sk}:{version}"
