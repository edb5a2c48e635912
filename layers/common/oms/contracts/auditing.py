"""An audit that ops ask for, and cases about stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from .fields import RequiredText
from .parse import Contract, View

HIDDEN = frozenset({"pk", "sk", "v", "cq", "last", "status", "kind", "node"})  # of a case's row


class AuditBody(Contract):
    """`grace_s`: how long a difference may be a change under way; the deployment's when absent."""

    grace_s: Annotated[int, Field(ge=0, le=86_400)] | None = None


class DiscrepancyView(View):
    """`subject`: order/<id> or stock/<node>/<sku>; both values as they are."""

    subject: str
    invariant: str
    what: str
    expected: Any
    found: Any


class AuditView(View):
    """What one run did; `suspects` are differences that may be changes under way."""

    objects: int
    movements: int
    looked_at: int
    suspects: int
    alerts: int = Field(description="stock levels that changed: low, out, back, over stock")
    cases: list[DiscrepancyView]


class StockCaseView(View):
    sku: str
    node: str
    kind: str
    status: str
    detail: dict[str, Any]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> StockCaseView:
        detail = {name: value for name, value in row.items() if name not in HIDDEN}
        return cls(
            sku=str(row["pk"]).partition("#")[2],
            node=row["node"],
            kind=row["kind"],
            status=row["status"],
            detail=detail,
        )


class StockCasesView(View):
    cases: list[StockCaseView]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> StockCasesView:
        return cls(cases=[StockCaseView.of(row) for row in rows])


class ResolveStockCaseBody(Contract):
    note: RequiredText
