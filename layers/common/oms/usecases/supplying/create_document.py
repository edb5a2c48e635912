"""A purchase order, an advance shipping notice or a transfer is made, once for its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...domain.errors import IdempotencyConflict, ValidationFailed
from ...domain.supplying import notices
from ...domain.supplying.document import DocumentKind, DocumentLine, SupplyDocument, first_status
from ...domain.supplying.document_change import changed
from ...ports import Worker
from ..retrying import retrying
from .deps import Supplying


@dataclass(frozen=True, slots=True)
class NewDocument:
    """`source`: supplier, or the node that a transfer leaves; `order`: of a notice."""

    id: str
    kind: DocumentKind
    node: str
    source: str
    eta: str
    lines: Sequence[tuple[str, int]]
    order: str = ""


def create_document(new: NewDocument, worker: Worker, deps: Supplying) -> SupplyDocument:
    """Raises NotFound, ValidationFailed by field, IdempotencyConflict."""
    worker.may_work_at(new.source if new.kind == DocumentKind.TRANSFER else new.node)
    doc = _drafted(new, deps)

    def attempt() -> SupplyDocument:
        before = deps.supplies.get(new.kind, new.id)
        if before:
            return _same(before, doc)
        changes = [changed(None, doc, "create", actor=worker.actor, now=deps.now)]
        if new.order:
            order = deps.supplies.get(DocumentKind.PURCHASE_ORDER, new.order)
            if order is None:
                raise ValidationFailed("no such order", fields={"/order": "unknown"})
            after = notices.announce(order, doc)
            changes.append(changed(order, after, "announce", actor=worker.actor, now=deps.now))
        deps.supplies.commit(changes, [], now=deps.now)
        return changes[0].after

    return retrying(attempt)


def _drafted(new: NewDocument, deps: Supplying) -> SupplyDocument:
    deps.config.node(new.node)
    products = deps.config.products([sku for sku, _ in new.lines])
    wrong = {
        f"/lines/{n}/sku": "there is no such product"
        for n, (sku, _) in enumerate(new.lines)
        if sku not in products
    }
    if new.kind == DocumentKind.TRANSFER and new.source == new.node:
        wrong["/node"] = "is where it comes from"
    if wrong:
        raise ValidationFailed("the document is not valid", fields=wrong)
    lines = tuple(DocumentLine(sku, quantity) for sku, quantity in new.lines)
    status = first_status(new.kind)
    doc = SupplyDocument(new.id, new.kind, new.node, new.source, new.eta, lines, status, new.order)
    if new.kind in (DocumentKind.PURCHASE_ORDER, DocumentKind.NOTICE):
        supplier = deps.suppliers.supplier(new.source)
        return replace(doc, confidence=supplier.confidence, receive_days=supplier.receive_days)
    deps.config.node(new.source)
    return doc


def _same(before: SupplyDocument, asked: SupplyDocument) -> SupplyDocument:
    """What was made before under this id, if it is the same."""

    def said(doc: SupplyDocument) -> tuple[object, ...]:
        lines = tuple((line.sku, line.expected) for line in doc.lines)
        return (doc.node, doc.source, doc.order, lines)

    if said(before) != said(asked):
        raise IdempotencyConflict(f"{asked.id} is another document", fields={"/id": "is taken"})
    return before
