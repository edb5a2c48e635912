"""The auditor's books: where each item's ledger stands, what is suspected since when, and which
SKUs to look at on which day."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.auditing.checks import Discrepancy
from ...domain.stock.ledger import LedgerBalance
from ..dynamo.table import Table
from . import keys


class AuditStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def ledger(self, sku: str, node: str) -> LedgerBalance:
        row = self.table.get(keys.ledger_pk(sku, node), keys.LEDGER)
        if not row:
            return LedgerBalance()
        shipped, came = _by_day(row.get("shipped", {})), _by_day(row.get("came", {}))
        return LedgerBalance(row["v"], row["balance"], shipped, came)

    def put_ledger(
        self, sku: str, node: str, after: LedgerBalance, *, before: LedgerBalance
    ) -> None:
        key = {"pk": keys.ledger_pk(sku, node), "sk": keys.LEDGER}
        item = {**key, "v": after.version, "balance": dict(after.balance)}
        item |= {"shipped": dict(after.shipped), "came": dict(after.came)}
        self.table.put(item, expected_version=before.version)

    def suspects(self, most: int) -> list[tuple[str, str]]:
        rows = self.table.first(keys.SUSPECTS, limit=most)
        return [(row["sk"], row["subject"]) for row in rows]

    def suspect(self, found: Discrepancy, now: int) -> int:
        row = {"pk": keys.SUSPECTS, "sk": found.id, "subject": found.subject, "at": now}
        if self.table.put_if_absent(row):
            return now
        seen = self.table.get(keys.SUSPECTS, found.id)
        return int(seen["at"]) if seen else now

    def clear(self, id: str) -> None:
        self.table.delete(keys.SUSPECTS, id)

    def look_on(self, day: int, sku: str) -> None:
        self.table.put_always(
            {"pk": keys.PACES, "sk": keys.by_day(day, sku), "day": day, "sku": sku}
        )

    def due(self, day: int, most: int) -> list[tuple[int, str]]:
        rows = self.table.first(keys.PACES, limit=most)
        return [(row["day"], row["sku"]) for row in rows if row["day"] <= day]

    def looked(self, day: int, sku: str) -> None:
        self.table.delete(keys.PACES, keys.by_day(day, sku))


def _by_day(stored: Mapping[str, int]) -> dict[int, int]:
    return {int(day): units for day, units in stored.items()}
