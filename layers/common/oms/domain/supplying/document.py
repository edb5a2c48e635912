"""One document of goods on their way to a node, whoever sends them.

| kind | from | counts as supply |
|---|---|---|
| PURCHASE_ORDER | a supplier | from sent on, less what its notices announce |
| NOTICE | a supplier, often for a purchase order: what is really on the lorry, and when | at once |
| TRANSFER | another node, whose stock it leaves when it is shipped | while in transit |

Per line: expected = received + short, damaged, … + announced + outstanding. What arrives above that
is OVER, beside the sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from ..errors import IllegalTransition
from ..lifecycle import step
from ..stock_lifecycles import (
    ADVANCE_NOTICE,
    PURCHASE,
    TRANSFER_LIFE,
    DocumentEvent,
    DocumentLife,
    DocumentStatus,
)
from ..timeline import Entry


class DocumentKind(StrEnum):
    PURCHASE_ORDER = "PURCHASE_ORDER"
    NOTICE = "NOTICE"
    TRANSFER = "TRANSFER"


class ArrivalDiscrepancy(StrEnum):
    """What is wrong with goods that arrive."""

    SHORT = "SHORT"
    OVER = "OVER"
    DAMAGED = "DAMAGED"
    QUALITY = "QUALITY"
    WRONG_ITEM = "WRONG_ITEM"


LIVES: Mapping[DocumentKind, DocumentLife] = MappingProxyType(
    {
        DocumentKind.PURCHASE_ORDER: PURCHASE,
        DocumentKind.NOTICE: ADVANCE_NOTICE,
        DocumentKind.TRANSFER: TRANSFER_LIFE,
    }
)
COMING: Mapping[DocumentKind, frozenset[DocumentStatus]] = MappingProxyType(
    {
        DocumentKind.PURCHASE_ORDER: frozenset(
            {DocumentStatus.SENT, DocumentStatus.ACKNOWLEDGED, DocumentStatus.PARTIAL}
        ),
        DocumentKind.NOTICE: frozenset(
            {DocumentStatus.ANNOUNCED, DocumentStatus.PARTIALLY_RECEIVED}
        ),
        DocumentKind.TRANSFER: frozenset(
            {DocumentStatus.IN_TRANSIT, DocumentStatus.PARTIALLY_RECEIVED}
        ),
    }
)
_NONE: Mapping[ArrivalDiscrepancy, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """Which document."""

    kind: DocumentKind
    id: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """`received` are good units; `announced` those of a purchase order that open notices name."""

    sku: str
    expected: int
    received: int = 0
    announced: int = 0
    discrepancies: Mapping[ArrivalDiscrepancy, int] = field(default_factory=lambda: _NONE)

    @property
    def settled(self) -> int:
        other = sum(
            units
            for reason, units in self.discrepancies.items()
            if reason != ArrivalDiscrepancy.OVER
        )
        return self.received + other

    @property
    def outstanding(self) -> int:
        return self.expected - self.settled - self.announced

    def with_discrepancies(
        self, more: Mapping[ArrivalDiscrepancy, int]
    ) -> Mapping[ArrivalDiscrepancy, int]:
        found = dict(self.discrepancies)
        for reason, units in more.items():
            found[reason] = found.get(reason, 0) + units
        return {reason: units for reason, units in found.items() if units}


@dataclass(frozen=True, slots=True)
class SupplyDocument:
    """`source`: supplier or node it comes from. `order`: the purchase order of a notice.

    `eta` is the ISO date of arrival, `receive_days` what the node then needs, `confidence` the
    percentage of it that may be promised. `receipts`: id of each receipt → digest of what it said.
    """

    id: str
    kind: DocumentKind
    node: str
    source: str
    eta: str
    lines: tuple[DocumentLine, ...]
    status: DocumentStatus
    order: str = ""
    confidence: int = 100
    receive_days: int = 0
    receipts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: int = 0
    timeline: tuple[Entry, ...] = ()

    @property
    def coming(self) -> bool:
        return self.status in COMING[self.kind]

    @property
    def ended(self) -> bool:
        return not LIVES[self.kind][self.status]

    @property
    def possible(self) -> tuple[DocumentEvent, ...]:
        """The events that its status allows."""
        return tuple(sorted(LIVES[self.kind][self.status]))

    def line(self, sku: str) -> DocumentLine | None:
        return next((line for line in self.lines if line.sku == sku), None)

    def moved(self, event: DocumentEvent, **changes: object) -> SupplyDocument:
        """Raises IllegalTransition."""
        following = step(LIVES[self.kind], self.status, event)
        return replace(self, status=following, **changes)  # type: ignore[arg-type]


def first_status(kind: DocumentKind) -> DocumentStatus:
    return next(iter(LIVES[kind]))


def reschedule(doc: SupplyDocument, eta: str) -> SupplyDocument:
    """A new date of arrival, while there is something to come."""
    if doc.ended:
        raise IllegalTransition(f"nothing more comes of {doc.status}", state=doc.status)
    return replace(doc, eta=eta)


def close_short(doc: SupplyDocument) -> SupplyDocument:
    """What did not come will not come."""
    lines = tuple(
        replace(
            line,
            discrepancies=line.with_discrepancies({ArrivalDiscrepancy.SHORT: line.outstanding}),
        )
        for line in doc.lines
    )
    return doc.moved(DocumentEvent.CLOSE, lines=lines)
