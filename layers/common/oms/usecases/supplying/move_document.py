"""A document goes on: sent, acknowledged, shipped, received, closed short, cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.errors import IllegalTransition
from ...domain.supplying import document, notices, receiving
from ...domain.supplying.document import TRANSFER, SupplyDocument
from ...domain.supplying.receiving import Arrival
from .documents import Desk, Step, advance, order_of

PLAIN = frozenset({"send", "acknowledge", "reject", "ready"})
OF_THE_SOURCE = frozenset({"ready", "ship", "cancel"})  # of a transfer


def move_document(kind: str, id: str, event: str, desk: Desk) -> SupplyDocument:
    """`event`: send, acknowledge, reject, ready, ship, close, cancel."""

    def decide(doc: SupplyDocument) -> Step:
        if doc.timeline and doc.timeline[-1].kind == event:
            return Step.nothing(doc)
        if event in PLAIN:
            return Step(doc.moved(event))
        if event == "ship":
            left = receiving.ship(doc, name=desk.name(kind, id), actor=desk.actor)
            return Step(left.doc, left.movements)
        return _ended(doc, event, desk)

    at_source = kind == TRANSFER and event in OF_THE_SOURCE
    return advance(kind, id, event, decide, desk, at_source=at_source)


def _ended(doc: SupplyDocument, event: str, desk: Desk) -> Step:
    """Nothing more comes of it; what a notice did not bring is outstanding at its order again."""
    if any(line.announced for line in doc.lines):
        raise IllegalTransition("its notices are open: end them first", state=doc.status)
    after = document.close_short(doc) if event == "close" else doc.moved(event)
    order = order_of(doc, desk)
    if order is None or order.ended:
        return Step(after)
    both = (order, notices.withdrawn(order, doc))
    return Step(after, order=both, order_event="withdraw_notice")


def reschedule_document(kind: str, id: str, eta: str, desk: Desk) -> SupplyDocument:
    """It comes on another day."""

    def decide(doc: SupplyDocument) -> Step:
        return Step.nothing(doc) if doc.eta == eta else Step(document.reschedule(doc, eta))

    return advance(kind, id, "reschedule", decide, desk)


def receive_document(
    kind: str, id: str, receipt: str, arrivals: Sequence[Arrival], desk: Desk
) -> SupplyDocument:
    """Goods arrive; `receipt` makes that happen once."""

    def decide(doc: SupplyDocument) -> Step:
        name = desk.name(kind, id)
        came = receiving.receive(doc, receipt, arrivals, name=name, actor=desk.actor)
        order = order_of(doc, desk) if came.arrivals else None
        both = (order, notices.arrived(order, came.arrivals)) if order else None
        return Step(came.doc, came.movements, both)

    return advance(kind, id, "receive", decide, desk)
