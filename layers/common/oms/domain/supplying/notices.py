"""A purchase order and its notices: what a notice names is expected there, and no longer here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..errors import ValidationFailed
from ..stock_lifecycles import DocumentEvent
from .document import DocumentLine, SupplyDocument
from .receiving import Arrival, receive_event


def announce(order: SupplyDocument, notice: SupplyDocument) -> SupplyDocument:
    """The order after a new notice for it; raises ValidationFailed, IllegalTransition."""
    wrong = {}
    for n, line in enumerate(notice.lines):
        own = order.line(line.sku)
        if own is None:
            wrong[f"/lines/{n}/sku"] = "is not on the purchase order"
        elif line.expected > own.outstanding:
            wrong[f"/lines/{n}/quantity"] = f"only {own.outstanding} are outstanding"
    if (order.node, order.source) != (notice.node, notice.source):
        wrong["/order"] = "is of another node or supplier"
    if wrong:
        raise ValidationFailed("the notice does not fit its purchase order", fields=wrong)
    named = {line.sku: line.expected for line in notice.lines}
    return order.moved(DocumentEvent.ANNOUNCE, lines=_announced(order.lines, named))


def arrived(order: SupplyDocument, arrivals: Sequence[Arrival]) -> SupplyDocument:
    """The order after goods of one of its notices came: no longer announced but settled."""
    by_sku = {each.sku: each for each in arrivals}
    lines = tuple(_arrived(line, by_sku.get(line.sku)) for line in order.lines)
    whole = all(line.settled >= line.expected for line in lines)
    return order.moved(receive_event(whole), lines=lines)


def _arrived(line: DocumentLine, arrival: Arrival | None) -> DocumentLine:
    if arrival is None:
        return line
    after = replace(
        line,
        received=line.received + arrival.received,
        discrepancies=line.with_discrepancies(arrival.discrepancies),
    )
    return replace(after, announced=line.announced - (after.settled - line.settled))


def withdrawn(order: SupplyDocument, notice: SupplyDocument) -> SupplyDocument:
    """The notice ended: what it named and did not bring is outstanding at the order again."""
    named = {line.sku: -line.outstanding for line in notice.lines}
    return order.moved(DocumentEvent.ANNOUNCE, lines=_announced(order.lines, named))


def _announced(
    lines: tuple[DocumentLine, ...], named: Mapping[str, int]
) -> tuple[DocumentLine, ...]:
    return tuple(replace(line, announced=line.announced + named.get(line.sku, 0)) for line in lines)
