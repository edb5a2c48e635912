"""Cycle counts as people send and see them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..domain.limits.stock import MAX_COUNT_LINES
from ..domain.stock.count_session import CountedUnits, CountSession
from .fields import Identifier, RequiredText, Sku
from .order_shown import instant
from .parse import Contract, View
from .stock import MAX_UNITS, AsOf, seconds


class CountSessionBody(Contract):
    id: Identifier
    node: Identifier
    skus: Annotated[list[Sku], Field(min_length=1, max_length=MAX_COUNT_LINES)]

    @model_validator(mode="after")
    def _each_sku_once(self) -> CountSessionBody:
        if len(set(self.skus)) < len(self.skus):
            raise ValueError("a SKU is named twice")
        return self


class AssigneeBody(Contract):
    assignee: RequiredText


class CountedLine(Contract):
    """`counted_at`: this moment, where nobody says."""

    sku: Sku
    counted: Annotated[int, Field(ge=0, le=MAX_UNITS)]
    counted_at: AsOf = None


class CountedBody(Contract):
    lines: Annotated[list[CountedLine], Field(min_length=1, max_length=MAX_COUNT_LINES)]

    def units(self) -> list[CountedUnits]:
        return [CountedUnits(x.sku, x.counted, seconds(x.counted_at)) for x in self.lines]


class RecountBody(Contract):
    """Without SKUs, all are counted again."""

    skus: Annotated[list[Sku], Field(default_factory=list, max_length=MAX_COUNT_LINES)]


class CountLineView(View):
    """`expected` and `variance` are told from the review on, `outcome` once posted to stock."""

    sku: str
    counted: int | None
    counted_at: str | None
    expected: int | None
    variance: int | None
    outcome: str


class CountSessionView(View):
    id: str
    node: str
    status: str
    assignee: str
    lines: list[CountLineView]
    possible: list[str]
    version: int

    @classmethod
    def of(cls, session: CountSession) -> CountSessionView:
        lines = [
            CountLineView(
                sku=line.sku,
                counted=line.counted if line.done else None,
                counted_at=instant(line.counted_at) if line.done else None,
                expected=line.expected if line.expected >= 0 else None,
                variance=line.variance,
                outcome=line.outcome,
            )
            for line in session.lines
        ]
        return cls(
            id=session.id,
            node=session.node,
            status=session.status,
            assignee=session.assignee,
            lines=lines,
            possible=list(session.possible),
            version=session.version,
        )


class CountSessionsView(View):
    counts: list[CountSessionView]
