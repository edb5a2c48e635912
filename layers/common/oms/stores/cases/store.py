"""All cases in one list: of orders and their returns, and of stock.

At the same second those of orders come first, so that one key says how far a reader came in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...domain.errors import NotFound
from ..dynamo.table import Item, Table
from . import keys


class CaseStore:
    def __init__(self, orders: Table, stock: Table) -> None:
        self.orders, self.stock = orders, stock

    def page(
        self, status: str, *, since: int, until: int, limit: int, start: Mapping[str, Any] | None
    ) -> tuple[list[Item], Item | None]:
        """Opened from `since` to `until`; the oldest first, and where the next page starts."""
        found: list[Item] = []
        for table in (self.orders, self.stock):
            own = start if start and self._of(start["pk"]) is table else None
            begins = since
            if start and not own:  # a page that ended in stock has all orders of that second
                begins = max(since, start["at"] + 1 if table is self.orders else start["at"])
            found += self._page(table, status, (begins, until), limit + 1, own)
        found.sort(key=lambda row: row["at"])  # stable: orders first
        following = found[limit - 1] if len(found) > limit else None
        last = {name: following[name] for name in ("pk", "sk", "cq", "at")} if following else None
        return found[:limit], last

    def _page(
        self, table: Table, status: str, at: tuple[int, int], limit: int, start: Any
    ) -> list[Item]:
        if at[0] > at[1]:
            return []
        values = {":cq": status, ":from": at[0], ":to": at[1]}
        condition = "cq = :cq AND #at BETWEEN :from AND :to"
        return table.page(keys.BY_CASE, condition, values, limit=limit, start=start)[0]

    def get(self, pk: str, sk: str) -> Item:
        """Raises NotFound."""
        table = self._of(pk)
        found = table.get(pk, sk) if table and sk.startswith(keys.PREFIX) else None
        if found is None:
            raise NotFound("there is no such case")
        return found

    def save(self, case: Mapping[str, Any]) -> Item:
        """The next version of a case that was read; raises LostRace."""
        table = self._of(case["pk"])
        assert table
        following = {**case, "v": case["v"] + 1}
        table.put(following, expected_version=case["v"])
        return following

    def _of(self, pk: str) -> Table | None:
        tables = {keys.ORDER_PK: self.orders, keys.SKU_PK: self.stock}
        return next((table for prefix, table in tables.items() if pk.startswith(prefix)), None)
