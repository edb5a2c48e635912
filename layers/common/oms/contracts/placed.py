"""The answer to an order that was placed: what was agreed, in one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from ..domain.model.promise import Promise
from .parse import View

if TYPE_CHECKING:
    from ..usecases.placing.place_order import Placed


class PromiseView(View):
    method: str
    service: str
    ship_by: str | None = None
    deliver_by: str | None = None
    ready_by: str | None = None
    cutoff: str | None = None
    confidence: str
    source: str
    margin_days: int | None = Field(
        None, description="carrier working days in it because its lane is late too often"
    )

    @classmethod
    def of(cls, promise: Promise) -> PromiseView:
        fields = ("method", "service", "confidence", "source")
        optional = ("ship_by", "deliver_by", "ready_by", "cutoff", "margin_days")
        return cls(
            **{name: getattr(promise, name) for name in fields},
            **{name: getattr(promise, name) or None for name in optional},
        )


class TotalsView(View):
    """Minor units of `currency`."""

    currency: str
    items: int
    shipping: int
    tax: int
    grand_total: int


class PlacedLine(View):
    """A kit that was sent as line `kit_line` is answered with a line for each of its components."""

    line: int
    sku: str
    quantity: int
    total: int
    backordered: int
    kit: str | None = None
    kit_line: int | None = None


class PlacedView(View):
    id: str
    channel: str
    external_id: str
    status: str
    customer_status: str
    totals: TotalsView
    lines: list[PlacedLine]
    promise: PromiseView | None
    parts: int
    holds: list[str]


def placed_view(placed: Placed) -> PlacedView:
    """Delivered again, the same order has the same answer: it is what was agreed at placement."""
    snapshot = placed.snapshot
    return PlacedView(
        id=snapshot.id,
        channel=snapshot.channel,
        external_id=snapshot.external_id,
        status="RECEIVED",
        customer_status="SUPPORT_WAITING",
        totals=TotalsView(
            currency=snapshot.currency,
            items=sum(line.total for line in snapshot.lines),
            shipping=snapshot.shipping,
            tax=sum(line.tax for line in snapshot.lines),
            grand_total=snapshot.grand_total,
        ),
        lines=[
            PlacedLine(
                line=line.no,
                sku=line.sku,
                quantity=line.quantity,
                total=line.total,
                backordered=len(snapshot.waiting.get(line.no, ())),
                kit=line.kit or None,
                kit_line=line.kit_line or None,
            )
            for line in snapshot.lines
        ],
        promise=PromiseView.of(snapshot.promise) if snapshot.promise else None,
        parts=len(snapshot.planned),
        holds=[hold.kind for hold in snapshot.holds],
    )


class TakenView(View):
    """`order` is what was agreed; absent where the message is about no order that we keep."""

    id: str | None = None
    order: PlacedView | None = None


def taken_view(placed: Placed | None) -> TakenView:
    return TakenView(id=placed.snapshot.id, order=placed_view(placed)) if placed else TakenView()
