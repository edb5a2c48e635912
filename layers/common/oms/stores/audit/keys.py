"""Keys of the table Audit.

| access pattern | how |
|---|---|
| where the ledger of a (SKU, node) stands | GetItem Audit (LEDGER#<sku>#<node>, LEDGER) |
| what the auditor suspects | Query Audit pk = SUSPECTS |
| SKUs whose pace is to be looked at by a day | Query Audit pk = PACES, oldest first |
"""

from __future__ import annotations

LEDGER, SUSPECTS, PACES = "LEDGER", "SUSPECTS", "PACES"


def ledger_pk(sku: str, node: str) -> str:
    return f"LEDGER#{sku}#{node}"


def by_day(day: int, sku: str) -> str:
    """`day`: number since 1970, of five digits until the year 2243."""
    return f"{day:05d}#{sku}"
