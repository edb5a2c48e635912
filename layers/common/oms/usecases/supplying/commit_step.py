"""Load a document, decide its next step, commit it with all that follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...domain.model.stock_item import Movement
from ...domain.supplying.document import DocumentKind, DocumentRef, SupplyDocument
from ...domain.supplying.document_change import changed
from ...ports import Worker
from ..retrying import retrying
from .deps import Supplying
from .read_document import existing_document


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """What a step makes of a document: stock that moves, and another document that follows."""

    after: SupplyDocument
    movements: Sequence[Movement] = ()
    order: tuple[SupplyDocument, SupplyDocument] | None = None  # before, after
    order_event: str = ""  # what happened to that one, where it is not the same

    @staticmethod
    def nothing(doc: SupplyDocument) -> DocumentStep:
        return DocumentStep(doc)


def commit_step(
    ref: DocumentRef,
    event: str,
    decide: Callable[[SupplyDocument], DocumentStep],
    worker: Worker,
    deps: Supplying,
    *,
    at_source: bool = False,
) -> SupplyDocument:
    """One step by who works at the node that does it. Said again right after, it is done already.

    Raises NotFound, IllegalTransition, OutOfStock, LostRace.
    """

    def attempt() -> SupplyDocument:
        doc = existing_document(ref, deps)
        worker.may_work_at(doc.source if at_source else doc.node)
        step = decide(doc)
        if step.after == doc:
            return doc
        made = changed(doc, step.after, event, actor=worker.actor, now=deps.now)
        changes = [made]
        if step.order:
            published = step.order_event or event
            changes.append(changed(*step.order, published, actor=worker.actor, now=deps.now))
        deps.supplies.commit(changes, step.movements, now=deps.now)
        return made.after

    return retrying(attempt)


def order_of(doc: SupplyDocument, deps: Supplying) -> SupplyDocument | None:
    """The purchase order that a notice is for."""
    return deps.supplies.get(DocumentKind.PURCHASE_ORDER, doc.order) if doc.order else None
