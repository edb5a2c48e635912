"""An audit that ops ask for, and cases about stock."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from .fields import RequiredText
from .parse import Contract


class AuditBody(Contract):
    """`grace_s`: how long a difference may be a change under way; the deployment's when absent."""

    grace_s: Annotated[int, Field(ge=0, le=86_400)] | None = None


class DiscrepancyView(BaseModel):
    """`subject`: order/<id> or stock/<node>/<sku>; both values as they are."""

    subject: str
    invariant: str
    what: str
    expected: Any
    found: Any


class AuditView(BaseModel):
    """What one run did; `suspects` are differences that may be changes under way."""

    objects: int
    movements: int
    looked_at: int
    suspects: int
    alerts: int = Field(description="stock levels that changed: low, out, back, over stock")
    cases: list[DiscrepancyView]


class StockCaseView(BaseModel):
    sku: str
    node: str
    kind: str
    status: str
    detail: dict[str, Any]


class StockCasesView(BaseModel):
    cases: list[StockCaseView]


class ResolveStockCaseBody(Contract):
    note: RequiredText
