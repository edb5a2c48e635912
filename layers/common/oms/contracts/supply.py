"""Purchase orders, advance shipping notices and transfers as people and systems send them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..domain.limits.stock import MAX_SUPPLY_LINES
from ..domain.supplying.document import ArrivalDiscrepancy, DocumentKind, SupplyDocument
from ..domain.supplying.receiving import Arrival
from ..usecases.supplying.create_document import NewDocument
from .fields import Identifier, Sku
from .order_shown import instant
from .parse import Contract, View
from .stock import MAX_UNITS, Units

Day = Annotated[date, Field(strict=False)]
Some = Annotated[int, Field(ge=0, le=MAX_UNITS)]
Reason = Literal["SHORT", "OVER", "DAMAGED", "QUALITY", "WRONG_ITEM"]


class ExpectedLine(Contract):
    sku: Sku
    quantity: Units


class _Body(Contract):
    id: Identifier
    node: Identifier
    eta: Day
    lines: Annotated[list[ExpectedLine], Field(min_length=1, max_length=MAX_SUPPLY_LINES)]

    @model_validator(mode="after")
    def _each_sku_once(self) -> _Body:
        if len({line.sku for line in self.lines}) < len(self.lines):
            raise ValueError("a SKU stands in two lines")
        return self

    def asked(self, kind: DocumentKind, source: str, order: str = "") -> NewDocument:
        lines = [(line.sku, line.quantity) for line in self.lines]
        return NewDocument(self.id, kind, self.node, source, self.eta.isoformat(), lines, order)


class PurchaseOrderBody(_Body):
    supplier: Identifier

    def new(self) -> NewDocument:
        return self.asked(DocumentKind.PURCHASE_ORDER, self.supplier)


class NoticeBody(_Body):
    """`order` names the purchase order that it is for, where there is one."""

    supplier: Identifier
    order: Identifier | Literal[""] = ""

    def new(self) -> NewDocument:
        return self.asked(DocumentKind.NOTICE, self.supplier, self.order)


class TransferBody(_Body):
    """`source` is the node that the goods leave."""

    source: Identifier

    def new(self) -> NewDocument:
        return self.asked(DocumentKind.TRANSFER, self.source)


class DeliveredLine(Contract):
    """`received` are good units; `discrepancies` say what is wrong with how many others."""

    sku: Sku
    received: Some = 0
    discrepancies: dict[Reason, Units] = Field(default_factory=dict)


class SupplyReceiptBody(Contract):
    """One delivery; its `id` (of the delivery note) makes it happen once."""

    id: Identifier
    lines: Annotated[list[DeliveredLine], Field(min_length=1, max_length=MAX_SUPPLY_LINES)]

    @model_validator(mode="after")
    def _each_sku_once(self) -> SupplyReceiptBody:
        if len({line.sku for line in self.lines}) < len(self.lines):
            raise ValueError("a SKU stands in two lines")
        return self

    def arrivals(self) -> list[Arrival]:
        return [
            Arrival(
                line.sku,
                line.received,
                {ArrivalDiscrepancy(why): units for why, units in line.discrepancies.items()},
            )
            for line in self.lines
        ]


class EtaBody(Contract):
    eta: Day


class SupplyLineView(View):
    """expected = received + discrepancies (without OVER) + announced + outstanding"""

    sku: str
    expected: int
    received: int
    announced: int
    outstanding: int
    discrepancies: dict[str, int]


class SupplyEntryView(View):
    event: str
    at: str
    by: str


class SupplyDocumentView(View):
    """`possible` are the events that its status allows."""

    id: str
    kind: str
    status: str
    node: str
    source: str
    order: str
    eta: str
    confidence: int
    receive_days: int
    lines: list[SupplyLineView]
    receipts: list[str]
    possible: list[str]
    version: int
    timeline: list[SupplyEntryView]

    @classmethod
    def of(cls, doc: SupplyDocument) -> SupplyDocumentView:
        return cls(
            id=doc.id,
            kind=doc.kind,
            status=doc.status,
            node=doc.node,
            source=doc.source,
            order=doc.order,
            eta=doc.eta,
            confidence=doc.confidence,
            receive_days=doc.receive_days,
            lines=[
                SupplyLineView(
                    sku=line.sku,
                    expected=line.expected,
                    received=line.received,
                    announced=line.announced,
                    outstanding=line.outstanding,
                    discrepancies=dict(line.discrepancies),
                )
                for line in doc.lines
            ],
            receipts=sorted(doc.receipts),
            possible=list(doc.possible),
            version=doc.version,
            timeline=[
                SupplyEntryView(event=entry.kind, at=instant(entry.at), by=entry.actor)
                for entry in doc.timeline
            ],
        )


class SupplyDocumentsView(View):
    """By date of arrival, the first hundred."""

    documents: list[SupplyDocumentView]
