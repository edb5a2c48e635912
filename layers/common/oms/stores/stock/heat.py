"""A hot SKU becomes hot and cools: one attribute of page 0."""

from __future__ import annotations

import secrets
from contextlib import suppress

from ...domain.errors import LostRace
from ...domain.hot_stock import pages as p
from ...domain.hot_stock import settling
from ...domain.model.stock_item import Pages
from ..dynamo.table import Item, Table
from . import keys
from .hot_memory import HotMemory
from .rows import pages_of
from .update import BUCKETS

NOTHING = " ADD " + ", ".join(f"{bucket} :zero" for bucket in BUCKETS)  # a new item's buckets


class HeatStore:
    def __init__(self, table: Table, memory: HotMemory) -> None:
        self.table, self.memory = table, memory

    def heat(self, sku: str, node: str, mode: str = "") -> bool:
        """From now on claims go to pages. `mode`: as told by a person; else as observed, which a
        person's NEVER forbids. False when nothing changed. Cooling counts from now on, as
        from a lease.
        """
        sets = [
            "hot = :one", "lot = if_not_exists(lot, :lot)", "pg = if_not_exists(pg, :zero)",
            "ck = if_not_exists(ck, :zero)", "c = if_not_exists(c, :none)", "lt = :now",
        ]  # fmt: skip
        values = {":one": 1, ":zero": 0, ":none": {}, ":lot": p.LOT, ":now": int(self.memory.now())}
        names, condition = {"#mode": "mode"}, "attribute_exists(pk) AND attribute_not_exists(hot)"
        if mode:
            sets, values, condition = [*sets, "#mode = :mode"], {**values, ":mode": mode}, ""
        else:
            condition += " AND (attribute_not_exists(#mode) OR #mode <> :never)"
            values[":never"] = p.NEVER
        return self._set(sku, node, f"SET {', '.join(sets)}{NOTHING}", condition, names, values)

    def cool(self, sku: str, node: str, mode: str = "") -> bool:
        """From now on claims go to page 0; `mode`: as told by a person, else where none said so."""
        names: Item = {"#mode": "mode"}
        values: Item = {":always": p.ALWAYS}
        condition = "attribute_exists(hot) AND (attribute_not_exists(#mode) OR #mode <> :always)"
        if mode:
            change = f"SET #mode = :mode, c = if_not_exists(c, :none){NOTHING} REMOVE hot"
            values = {":mode": mode, ":zero": 0, ":none": {}}
            return self._set(sku, node, change, "", names, values)
        return self._set(sku, node, "REMOVE hot", condition, names, values)

    def _set(
        self, sku: str, node: str, change: str, condition: str, names: Item, values: Item
    ) -> bool:
        self.memory.forget([sku])
        self.memory.known.pop((sku, node), None)
        condition = condition or "attribute_not_exists(pk) OR attribute_exists(pk)"
        pk, sk = keys.stock_key(sku, node, 0)
        try:
            self.table.update(pk, sk, change, condition, names, values)
        except LostRace:
            return False
        return True

    def ask_to_settle(self, sku: str, node: str) -> None:
        """Its change on the stream has it settled; at most once a second, whoever asks. Who reads
        that somebody just did leaves it alone, and so do most of many who are refused at once.
        """
        place = (sku, node)
        if not self.memory.asks(place):
            return
        known, now = self.memory.known.get(place), int(self.memory.now())
        if known and secrets.randbelow(known.rivals(now)):
            return
        row = self.table.get(*keys.stock_key(sku, node, 0), consistent=False)
        if not row or not settling.may_ask(pages_of(row) if "pg" in row else Pages(), now):
            return
        with suppress(LostRace):
            self.table.update(
                *keys.stock_key(sku, node, 0),
                "SET ask = :now",
                "attribute_exists(pg) AND (attribute_not_exists(ask) OR ask < :now)",
                {},
                {":now": now},
            )
