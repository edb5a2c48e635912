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
from types import MappingProxyType

from ..errors import IllegalTransition
from ..lifecycle import ADVANCE_NOTICE, PURCHASE, TRANSFER_LIFE, Table, step
from ..timeline import Entry

PURCHASE_ORDER, NOTICE, TRANSFER = "PURCHASE_ORDER", "NOTICE", "TRANSFER"
KINDS = (PURCHASE_ORDER, NOTICE, TRANSFER)
LIVES: Mapping[str, Table] = MappingProxyType(
    {PURCHASE_ORDER: PURCHASE, NOTICE: ADVANCE_NOTICE, TRANSFER: TRANSFER_LIFE}
)
COMING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        PURCHASE_ORDER: frozenset({"SENT", "ACKNOWLEDGED", "PARTIAL"}),
        NOTICE: frozenset({"ANNOUNCED", "PARTIALLY_RECEIVED"}),
        TRANSFER: frozenset({"IN_TRANSIT", "PARTIALLY_RECEIVED"}),
    }
)
SHORT, OVER, DAMAGED, QUALITY, WRONG_ITEM = "SHORT", "OVER", "DAMAGED", "QUALITY", "WRONG_ITEM"
REASONS = (SHORT, OVER, DAMAGED, QUALITY, WRONG_ITEM)
_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """`received` are good units; `announced` those of a purchase order that open notices name."""

    sku: str
    expected: int
    received: int = 0
    announced: int = 0
    discrepancies: Mapping[str, int] = field(default_factory=lambda: _NONE)

    @property
    def settled(self) -> int:
        other = sum(units for reason, units in self.discrepancies.items() if reason != OVER)
        return self.received + other

    @property
    def outstanding(self) -> int:
        return self.expected - self.settled - self.announced

    def with_discrepancies(self, more: Mapping[str, int]) -> Mapping[str, int]:
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
    kind: str
    node: str
    source: str
    eta: str
    lines: tuple[DocumentLine, ...]
    status: str
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
    def possible(self) -> tuple[str, ...]:
        """The events that its status allows."""
        return tuple(sorted(LIVES[self.kind][self.status]))

    def line(self, sku: str) -> DocumentLine | None:
        return next((line for line in self.lines if line.sku == sku), None)

    def moved(self, event: str, **changes: object) -> SupplyDocument:
        """Raises IllegalTransition."""
        following = step(LIVES[self.kind], self.status, event)
        return replace(self, status=following, **changes)  # type: ignore[arg-type]


def first_status(kind: str) -> str:
    return next(iter(LIVES[kind]))


def reschedule(doc: SupplyDocument, eta: str) -> SupplyDocument:
    """A new date of arrival, while there is something to come."""
    if doc.ended:
        raise IllegalTransition(f"nothing more comes of {doc.status}", state=doc.status)
    return replace(doc, eta=eta)


def close_short(doc: SupplyDocument) -> SupplyDocument:
    """What did not come will not come."""
    lines = tuple(
        replace(line, discrepancies=line.with_discrepancies({SHORT: line.outstanding}))
        for line in doc.lines
    )
    return doc.moved("close", lines=lines)
