"""Exception cases about a SKU at a node, in the SKU's partition: reading its network shows them.

An open case is in the sparse index `by_case`, so that what waits for a human is one Query.
"""

from __future__ import annotations

from typing import Any

from ...domain import lifecycle
from ..dynamo.table import Item, Table
from . import keys

CLOSED = frozenset({"RESOLVED", "DISMISSED"})


class StockCaseStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def open_case(self, sku: str, node: str, kind: str, content: Item) -> bool:
        key = {"pk": keys.sku_pk(sku), "sk": keys.stock_case_sk(kind, node)}
        fresh = {"status": "OPEN", "cq": keys.OPEN_CASES, "kind": kind, "node": node, **content}
        if self.table.put_if_absent({**key, "v": 1, "last": _last("open", content), **fresh}):
            return True
        case = self._case(sku, node, kind)
        if case is None or case["status"] not in CLOSED:
            return False
        return self._save({**key, **fresh}, case["v"], "open")

    def close_case(self, sku: str, node: str, kind: str, content: Item) -> bool:
        case = self._case(sku, node, kind)
        if case is None or case["status"] in CLOSED:
            return False
        status = lifecycle.step(lifecycle.CASE, case["status"], "resolve")
        closed = {name: value for name, value in case.items() if name != "cq"}
        return self._save({**closed, **content, "status": status}, case["v"], "resolve")

    def _save(self, item: Item, version: int, event: str) -> bool:
        """Raises LostRace when somebody was faster."""
        after = {**item, "v": version + 1, "last": _last(event, item)}
        self.table.put(after, expected_version=version)
        return True

    def _case(self, sku: str, node: str, kind: str) -> Item | None:
        return self.table.get(keys.sku_pk(sku), keys.stock_case_sk(kind, node))

    def cases(self, sku: str) -> list[Item]:
        return self.table.query(keys.sku_pk(sku), prefix=keys.CASE)

    def open_cases(self, *, limit: int) -> list[Item]:
        found, _ = self.table.page(keys.BY_CASE, "cq = :cq", {":cq": keys.OPEN_CASES}, limit=limit)
        return found


def _last(event: str, content: Item) -> dict[str, Any]:
    return {"k": event, "at": content.get("at", 0), "by": content.get("by", "system")}
