"""Goods arrive against a document: in parts, and not always as announced.

| said            | on_hand | unavailable | outstanding |
|-----------------|---------|-------------|-------------|
| received        | +q      |             | −q          |
| OVER            | +q      |             |             |
| DAMAGED         | +q      | damaged +q  | −q          |
| QUALITY         | +q      | quality +q  | −q          |
| SHORT           |         |             | −q          |
| WRONG_ITEM      |         |             | −q          |

A SKU that came by mistake is booked as a receipt of that SKU.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .. import ids
from ..errors import IdempotencyConflict, LimitExceeded, ValidationFailed
from ..limits.stock import MAX_SUPPLY_RECEIPTS
from ..model import stock_item
from ..model.movement_kind import MovementKind
from ..model.stock_item import Movement
from ..stock_lifecycles import DocumentEvent
from .document import ArrivalDiscrepancy, DocumentKind, DocumentLine, SupplyDocument

KEPT_APART = {
    ArrivalDiscrepancy.DAMAGED: stock_item.DAMAGED,
    ArrivalDiscrepancy.QUALITY: stock_item.QUALITY,
}
OVER = ArrivalDiscrepancy.OVER
DIGEST = 10


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of one line, or is known not to come; `discrepancies`: reason → units."""

    sku: str
    received: int = 0
    discrepancies: Mapping[ArrivalDiscrepancy, int] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class Received:
    """The document after a receipt, and what it does to stock."""

    doc: SupplyDocument
    movements: tuple[Movement, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


def receive(
    doc: SupplyDocument, id: str, arrivals: Sequence[Arrival], *, name: str, actor: str
) -> Received:
    """`id` makes it happen once: said again it changes nothing. `name` is the document's.

    Raises IdempotencyConflict, ValidationFailed by field, IllegalTransition.
    """
    said = _digest(arrivals)
    if id in doc.receipts:
        if doc.receipts[id] != said:
            raise IdempotencyConflict(f"receipt {id} was booked with other goods")
        return Received(doc)
    if len(doc.receipts) >= MAX_SUPPLY_RECEIPTS:
        raise LimitExceeded(f"a document has at most {MAX_SUPPLY_RECEIPTS} receipts")
    doc.moved(
        DocumentEvent.RECEIVE
    )  # before its lines are looked at: is anything received here at all?
    by_sku = {each.sku: each for each in arrivals}
    _check(doc, arrivals)
    lines = tuple(_settled(line, by_sku.get(line.sku)) for line in doc.lines)
    whole = all(line.settled >= line.expected for line in lines)
    after = doc.moved(receive_event(whole), lines=lines)
    after = replace(after, receipts={**doc.receipts, id: said})
    moves = tuple(_movement(doc, id, each, name, actor) for each in arrivals if _units(each))
    return Received(after, moves, tuple(arrivals))


def receive_event(whole: bool) -> DocumentEvent:
    return DocumentEvent.RECEIVE if whole else DocumentEvent.RECEIVE_PART


def _check(doc: SupplyDocument, arrivals: Sequence[Arrival]) -> None:
    wrong: dict[str, str] = {}
    for n, each in enumerate(arrivals):
        line = doc.line(each.sku)
        if line is None:
            wrong[f"/lines/{n}/sku"] = "is not on this document"
            continue
        settles = _settles(each)
        if settles > line.outstanding:
            wrong[f"/lines/{n}/received"] = f"only {line.outstanding} are outstanding: {OVER}?"
        elif each.discrepancies.get(OVER) and settles < line.outstanding:
            wrong[f"/lines/{n}/discrepancies"] = f"{OVER} while some are outstanding"
        elif not settles and not each.discrepancies.get(OVER):
            wrong[f"/lines/{n}"] = "says nothing"
    if wrong:
        raise ValidationFailed("the receipt does not fit the document", fields=wrong)


def _settles(arrival: Arrival) -> int:
    """Units of the line that are no longer outstanding after it."""
    other = sum(units for why, units in arrival.discrepancies.items() if why != OVER)
    return arrival.received + other


def _units(arrival: Arrival) -> int:
    """Units that are there now."""
    kept = sum(arrival.discrepancies.get(why, 0) for why in (OVER, *KEPT_APART))
    return arrival.received + kept


def _settled(line: DocumentLine, arrival: Arrival | None) -> DocumentLine:
    if arrival is None:
        return line
    return replace(
        line,
        received=line.received + arrival.received,
        discrepancies=line.with_discrepancies(arrival.discrepancies),
    )


def _movement(doc: SupplyDocument, id: str, arrival: Arrival, name: str, actor: str) -> Movement:
    units = _units(arrival)
    apart = {
        bucket: arrival.discrepancies[why]
        for why, bucket in KEPT_APART.items()
        if arrival.discrepancies.get(why)
    }
    kind = (
        MovementKind.TRANSFER_RECEIVE if doc.kind == DocumentKind.TRANSFER else MovementKind.RECEIVE
    )
    return Movement(
        ids.operation_id(name, id, arrival.sku), kind, arrival.sku, doc.node, units,
        on_hand=units, unavailable=apart, cause=name, actor=actor,
    )  # fmt: skip


def ship(doc: SupplyDocument, *, name: str, actor: str) -> Received:
    """A transfer leaves: its units leave the source, which must have them free."""
    moves = tuple(
        Movement(
            ids.operation_id(name, "ship", line.sku), MovementKind.TRANSFER_SHIP, line.sku,
            doc.source, line.expected,
            on_hand=-line.expected, need=line.expected, cause=name, actor=actor,
        )
        for line in doc.lines
    )  # fmt: skip
    return Received(doc.moved(DocumentEvent.SHIP), moves)


def _digest(arrivals: Sequence[Arrival]) -> str:
    said = [f"{each.sku}:{each.received}:{sorted(each.discrepancies.items())}" for each in arrivals]
    return ids.digest("receipt", *sorted(said), length=DIGEST)
