"""A purchase order, an advance shipping notice or a transfer is made, once for its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...domain.errors import IdempotencyConflict, ValidationFailed
from ...domain.supplying import notices
from ...domain.supplying.change import changed
from ...domain.supplying.document import (
    NOTICE,
    PURCHASE_ORDER,
    TRANSFER,
    DocumentLine,
    SupplyDocument,
    first_status,
)
from ..retrying import retrying
from .documents import Desk


@dataclass(frozen=True, slots=True)
class NewDocument:
    """`source`: supplier, or the node that a transfer leaves; `order`: of a notice."""

    id: str
    kind: str
    node: str
    source: str
    eta: str
    lines: Sequence[tuple[str, int]]
    order: str = ""


def create_document(new: NewDocument, desk: Desk) -> SupplyDocument:
    """Raises NotFound, ValidationFailed by field, IdempotencyConflict."""
    desk.may_work_at(new.source if new.kind == TRANSFER else new.node)
    doc = _drafted(new, desk)

    def attempt() -> SupplyDocument:
        there = desk.supplies.get(new.kind, new.id)
        if there:
            return _same(there, doc)
        changes = [changed(None, doc, "create", actor=desk.actor, now=desk.now)]
        if new.order:
            order = desk.supplies.get(PURCHASE_ORDER, new.order)
            if order is None:
                raise ValidationFailed("no such order", fields={"/order": "unknown"})
            after = notices.announce(order, doc)
            changes.append(changed(order, after, "announce", actor=desk.actor, now=desk.now))
        desk.supplies.commit(changes, [], now=desk.now)
        return changes[0].after

    return retrying(attempt)


def _drafted(new: NewDocument, desk: Desk) -> SupplyDocument:
    desk.config.node(new.node)
    products = desk.config.products([sku for sku, _ in new.lines])
    wrong = {
        f"/lines/{n}/sku": "there is no such product"
        for n, (sku, _) in enumerate(new.lines)
        if sku not in products
    }
    if new.kind == TRANSFER and new.source == new.node:
        wrong["/node"] = "is where it comes from"
    if wrong:
        raise ValidationFailed("the document is not valid", fields=wrong)
    lines = tuple(DocumentLine(sku, quantity) for sku, quantity in new.lines)
    status = first_status(new.kind)
    doc = SupplyDocument(new.id, new.kind, new.node, new.source, new.eta, lines, status, new.order)
    if new.kind in (PURCHASE_ORDER, NOTICE):
        supplier = desk.suppliers.supplier(new.source)
        return replace(doc, confidence=supplier.confidence, receive_days=supplier.receive_days)
    desk.config.node(new.source)
    return doc


def _same(there: SupplyDocument, asked: SupplyDocument) -> SupplyDocument:
    """What was made before under this id, if it is the same."""

    def said(doc: SupplyDocument) -> tuple[object, ...]:
        lines = tuple((line.sku, line.expected) for line in doc.lines)
        return (doc.node, doc.source, doc.order, lines)

    if said(there) != said(asked):
        raise IdempotencyConflict(f"{asked.id} is another document", fields={"/id": "is taken"})
    return there
