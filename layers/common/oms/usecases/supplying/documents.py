"""Load a document, decide its next step, commit it with all that follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...domain.errors import NotFound
from ...domain.model.stock_item import Movement
from ...domain.supplying.change import changed
from ...domain.supplying.document import PURCHASE_ORDER, TRANSFER, SupplyDocument
from ...ports import ConfigReader, Suppliers, Supplies
from ..retrying import retrying

MAX_LISTED = 100
MayWork = Callable[[str], None]  # raises NotFound for a foreign node


@dataclass(frozen=True, slots=True)
class Desk:
    """What steps are made with: who does it, where they may work, and the stores."""

    actor: str
    may_work_at: MayWork
    supplies: Supplies
    config: ConfigReader
    suppliers: Suppliers
    name: Callable[[str, str], str]  # (kind, id) → the name that supply and movements carry
    now: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a step makes of a document: stock that moves, and another document that follows."""

    after: SupplyDocument
    movements: Sequence[Movement] = ()
    order: tuple[SupplyDocument, SupplyDocument] | None = None  # before, after
    order_event: str = ""  # what happened to that one, where it is not the same

    @staticmethod
    def nothing(doc: SupplyDocument) -> Step:
        return Step(doc)


def view(kind: str, id: str, desk: Desk) -> SupplyDocument:
    """Raises NotFound, also for who works at none of its nodes."""
    doc = _existing(kind, id, desk)
    _may_see(doc, desk)
    return doc


def list_documents(node: str, desk: Desk) -> list[SupplyDocument]:
    """What a node has to expect or to send, by date; the first hundred."""
    desk.may_work_at(node)
    return desk.supplies.documents(desk.supplies.at_node(node)[:MAX_LISTED])


def advance(
    kind: str,
    id: str,
    event: str,
    decide: Callable[[SupplyDocument], Step],
    desk: Desk,
    *,
    at_source: bool = False,
) -> SupplyDocument:
    """One step by who works at the node that does it. Said again right after, it is done already.

    Raises NotFound, IllegalTransition, OutOfStock, LostRace.
    """

    def attempt() -> SupplyDocument:
        doc = _existing(kind, id, desk)
        desk.may_work_at(doc.source if at_source else doc.node)
        step = decide(doc)
        if step.after == doc:
            return doc
        made = changed(doc, step.after, event, actor=desk.actor, now=desk.now)
        changes = [made]
        if step.order:
            heard = step.order_event or event
            changes.append(changed(*step.order, heard, actor=desk.actor, now=desk.now))
        desk.supplies.commit(changes, step.movements, now=desk.now)
        return made.after

    return retrying(attempt)


def order_of(doc: SupplyDocument, desk: Desk) -> SupplyDocument | None:
    """The purchase order that a notice is for."""
    return desk.supplies.get(PURCHASE_ORDER, doc.order) if doc.order else None


def _existing(kind: str, id: str, desk: Desk) -> SupplyDocument:
    doc = desk.supplies.get(kind, id)
    if doc is None:
        raise NotFound("there is no such document")
    return doc


def _may_see(doc: SupplyDocument, desk: Desk) -> None:
    """Both ends of a transfer see it."""
    try:
        desk.may_work_at(doc.node)
    except NotFound:
        if doc.kind != TRANSFER:
            raise
        desk.may_work_at(doc.source)
