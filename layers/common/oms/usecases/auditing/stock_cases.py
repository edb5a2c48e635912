"""Exception cases about stock: read, and resolved by a human."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...ports import Row
from ...ports.auditing import StockCases

MAX_SHOWN = 100


def open_stock_cases(*, cases: StockCases) -> list[Row]:
    """Of all SKUs, the oldest first."""
    return list(cases.open_cases(limit=MAX_SHOWN))


def resolve_stock_case(
    sku: str, node: str, kind: str, note: str, *, cases: StockCases, actor: str, now: int
) -> Row:
    """Resolved before, the first resolution stands. Raises NotFound."""
    said = {"note": note, "resolved_by": actor, "resolved_at": now}
    cases.close_case(sku, node, kind, said)
    for case in cases.cases(sku):
        if (case["kind"], case["node"]) == (kind, node):
            return case
    raise NotFound("there is no such case")
