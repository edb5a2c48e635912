"""Documents as the staff of their nodes sees them."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.supplying.document import DocumentKind, DocumentRef, SupplyDocument
from ...ports import Worker
from .deps import Supplying

MAX_LISTED = 100


def view_document(ref: DocumentRef, worker: Worker, deps: Supplying) -> SupplyDocument:
    """Raises NotFound, also for who works at none of its nodes."""
    doc = existing_document(ref, deps)
    _may_see(doc, worker)
    return doc


def list_documents(node: str, worker: Worker, deps: Supplying) -> list[SupplyDocument]:
    """What a node has to expect or to send, by date; the first hundred."""
    worker.may_work_at(node)
    return deps.supplies.documents(deps.supplies.at_node(node)[:MAX_LISTED])


def existing_document(ref: DocumentRef, deps: Supplying) -> SupplyDocument:
    doc = deps.supplies.get(ref.kind, ref.id)
    if doc is None:
        raise NotFound("there is no such document")
    return doc


def _may_see(doc: SupplyDocument, worker: Worker) -> None:
    """Both ends of a transfer see it."""
    try:
        worker.may_work_at(doc.node)
    except NotFound:
        if doc.kind != DocumentKind.TRANSFER:
            raise
        worker.may_work_at(doc.source)
