"""Stock as warehouses and stores report it. Every report has an id: it is booked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from ..domain.limits.stock import MAX_POSTED_LINES
from ..domain.model.movement_kind import HeatMode
from ..domain.model.stock_item import StockItem
from ..domain.model.supply import Supply
from ..usecases.stocking.book_feed import FeedKind, FeedLine, FeedResult
from ..usecases.stocking.reports import (
    Booked,
    StockAdjustment,
    StockCount,
    StockReceipt,
    item_view,
)
from .fields import ExternalId, Identifier, RequiredText, Sku, Text
from .parse import Contract, View

MAX_UNITS = 1_000_000  # of one report
Units = Annotated[int, Field(ge=1, le=MAX_UNITS)]
AsOf = Annotated[
    AwareDatetime | None,
    Field(strict=False, description="when it was counted; what moved since stays moved"),
]


def seconds(as_of: AwareDatetime | None) -> int:
    """Epoch seconds, 0 where nobody said when."""
    return int(as_of.timestamp()) if as_of else 0


class _ReportBody(Contract):
    id: ExternalId
    sku: Sku
    node: Identifier


class ReceiptBody(_ReportBody):
    quantity: Units
    cause: Text = ""

    def to_domain(self) -> StockReceipt:
        return StockReceipt(self.id, self.sku, self.node, self.quantity, self.cause)


class AdjustmentBody(_ReportBody):
    delta: Annotated[int, Field(ge=-MAX_UNITS, le=MAX_UNITS)]
    reason: RequiredText
    as_of: AsOf = None

    def to_domain(self) -> StockAdjustment:
        at = seconds(self.as_of)
        return StockAdjustment(self.id, self.sku, self.node, self.delta, self.reason, at)


class CountBody(_ReportBody):
    counted: Annotated[int, Field(ge=0, le=MAX_UNITS)]
    as_of: AsOf = None

    def to_domain(self) -> StockCount:
        return StockCount(self.id, self.sku, self.node, self.counted, seconds(self.as_of))


class SupplyBody(_ReportBody):
    quantity: Units
    eta: Annotated[date, Field(strict=False)]

    def to_domain(self) -> Supply:
        return Supply(self.id, self.sku, self.node, self.quantity, self.eta.isoformat())


class StockItemView(View):
    """One SKU at one node; `available` is what can still be promised, `hot` whether claims are
    spread over pages.
    """

    sku: str
    node: str
    on_hand: int
    allocated: int
    staged: int
    soft: int
    unavailable: dict[str, int]
    available: int
    version: int
    hot: bool

    @classmethod
    def of(cls, item: StockItem) -> Self:
        return cls.model_validate(item_view(item))


class BookedView(StockItemView):
    """`booked` is false when the same id was booked before, or `stale`: a later count holds."""

    booked: bool
    stale: bool

    @classmethod
    def of_report(cls, done: Booked) -> BookedView:
        return cls.model_validate(done)


class HeatBody(Contract):
    """ALWAYS spreads the claims of a flash sale over pages, NEVER keeps one item, AUTO observes."""

    mode: Literal["AUTO", "ALWAYS", "NEVER"]

    def to_domain(self) -> HeatMode:
        return HeatMode(self.mode)


class StockView(View):
    sku: str
    items: list[StockItemView]


class FeedLineBody(Contract):
    sku: Sku
    quantity: Annotated[int, Field(ge=-MAX_UNITS, le=MAX_UNITS)]


class FeedBody(Contract):
    """COUNT lines say all units found, DELTA lines the difference; `as_of` is of all lines."""

    id: ExternalId
    node: Identifier
    kind: Literal["COUNT", "DELTA"]
    lines: Annotated[list[FeedLineBody], Field(min_length=1, max_length=MAX_POSTED_LINES)]
    as_of: AsOf = None

    def to_domain(self) -> list[FeedLine]:
        at, kind = seconds(self.as_of), FeedKind(self.kind)
        return [FeedLine(self.id, self.node, x.sku, kind, x.quantity, at) for x in self.lines]

    @model_validator(mode="after")
    def _each_sku_once(self) -> FeedBody:
        skus = [line.sku for line in self.lines]
        if len(set(skus)) < len(skus):
            raise ValueError("a SKU stands in two lines")
        if self.kind == "COUNT" and any(line.quantity < 0 for line in self.lines):
            raise ValueError("a count is not negative")
        return self


class FeedLineView(View):
    """`outcome`: BOOKED, REPEATED (booked before), STALE (a later count holds) or REFUSED."""

    sku: str
    node: str
    outcome: str
    reason: str
    available: int | None


class FeedView(View):
    results: list[FeedLineView]

    @classmethod
    def of(cls, results: Sequence[FeedResult]) -> FeedView:
        return cls(results=[FeedLineView.model_validate(asdict(each)) for each in results])
