"""A document goes on: sent, acknowledged, shipped, received, closed short, cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.errors import IllegalTransition
from ...domain.stock_lifecycles import DocumentEvent
from ...domain.supplying import document, notices, receiving
from ...domain.supplying.document import DocumentKind, DocumentRef, SupplyDocument
from ...domain.supplying.receiving import Arrival
from ...ports import Worker
from .commit_step import DocumentStep, commit_step, order_of
from .deps import Supplying

PLAIN = frozenset(
    {
        DocumentEvent.SEND,
        DocumentEvent.ACKNOWLEDGE,
        DocumentEvent.REJECT,
        DocumentEvent.READY,
    }
)
OF_THE_SOURCE = frozenset({DocumentEvent.READY, DocumentEvent.SHIP, DocumentEvent.CANCEL})


def step_document(
    ref: DocumentRef, event: DocumentEvent, worker: Worker, deps: Supplying
) -> SupplyDocument:
    """`event`: send, acknowledge, reject, ready, ship, close, cancel."""

    def decide(doc: SupplyDocument) -> DocumentStep:
        if doc.timeline and doc.timeline[-1].kind == event:
            return DocumentStep.nothing(doc)
        if event in PLAIN:
            return DocumentStep(doc.moved(event))
        if event == DocumentEvent.SHIP:
            name = deps.supplies.name(ref.kind, ref.id)
            left = receiving.ship(doc, name=name, actor=worker.actor)
            return DocumentStep(left.doc, left.movements)
        return _ended(doc, event, deps)

    at_source = ref.kind == DocumentKind.TRANSFER and event in OF_THE_SOURCE
    return commit_step(ref, event, decide, worker, deps, at_source=at_source)


def _ended(doc: SupplyDocument, event: DocumentEvent, deps: Supplying) -> DocumentStep:
    """Nothing more comes of it; what a notice did not bring is outstanding at its order again."""
    if any(line.announced for line in doc.lines):
        raise IllegalTransition("its notices are open: end them first", state=doc.status)
    closed = event == DocumentEvent.CLOSE
    after = document.close_short(doc) if closed else doc.moved(event)
    order = order_of(doc, deps)
    if order is None or order.ended:
        return DocumentStep(after)
    both = (order, notices.withdrawn(order, doc))
    return DocumentStep(after, order=both, order_event="withdraw_notice")


def reschedule_document(
    ref: DocumentRef, eta: str, worker: Worker, deps: Supplying
) -> SupplyDocument:
    """It comes on another day."""

    def decide(doc: SupplyDocument) -> DocumentStep:
        if doc.eta == eta:
            return DocumentStep.nothing(doc)
        return DocumentStep(document.reschedule(doc, eta))

    return commit_step(ref, "reschedule", decide, worker, deps)


def receive_document(
    ref: DocumentRef, receipt: str, arrivals: Sequence[Arrival], worker: Worker, deps: Supplying
) -> SupplyDocument:
    """Goods arrive; `receipt` makes that happen once."""

    def decide(doc: SupplyDocument) -> DocumentStep:
        name = deps.supplies.name(ref.kind, ref.id)
        came = receiving.receive(doc, receipt, arrivals, name=name, actor=worker.actor)
        order = order_of(doc, deps) if came.arrivals else None
        both = (order, notices.arrived(order, came.arrivals)) if order else None
        return DocumentStep(came.doc, came.movements, both)

    return commit_step(ref, "receive", decide, worker, deps)
