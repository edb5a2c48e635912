"""Exception cases about a SKU at a node, in the SKU's partition: reading its network shows them.

An open case is in the sparse index `by_case`, so that what waits for a human is one Query.
"""

from __future__ import annotations

from ...domain.model import case as cases
from ..dynamo.table import Item, Table
from . import keys


class StockCaseStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def open_case(self, sku: str, node: str, kind: str, content: Item) -> bool:
        key = {"pk": keys.sku_pk(sku), "sk": keys.stock_case_sk(kind, node)}
        fresh = {**cases.opened(kind, content), "node": node}
        if self.table.put_if_absent({**key, "v": 1, **fresh}):
            return True
        case = self._case(sku, node, kind)
        if case is None or case["status"] not in cases.CLOSED:
            return False
        return self._save({**key, **fresh}, case["v"])

    def close_case(self, sku: str, node: str, kind: str, content: Item) -> bool:
        case = self._case(sku, node, kind)
        if case is None or case["status"] in cases.CLOSED:
            return False
        by, at = content.get("by", "system"), content.get("at", 0)
        closed = cases.resolved(case, content.get("note", ""), by=by, at=at)
        return self._save({**closed, **content}, case["v"])

    def _save(self, item: Item, version: int) -> bool:
        """Raises LostRace when somebody was faster."""
        self.table.put({**item, "v": version + 1}, expected_version=version)
        return True

    def _case(self, sku: str, node: str, kind: str) -> Item | None:
        return self.table.get(keys.sku_pk(sku), keys.stock_case_sk(kind, node))

    def cases(self, sku: str) -> list[Item]:
        return self.table.query(keys.sku_pk(sku), prefix=keys.CASE)

    def open_cases(self, *, limit: int) -> list[Item]:
        """Those that somebody looks at, too; the oldest first."""
        found = [
            each
            for status in (cases.OPEN, cases.ASSIGNED)
            for each in self.table.page(keys.BY_CASE, "cq = :cq", {":cq": status}, limit=limit)[0]
        ]
        return sorted(found, key=lambda each: each["at"])[:limit]
