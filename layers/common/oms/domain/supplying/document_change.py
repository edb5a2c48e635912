"""One step of a document: before, after, and who did it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..timeline import Entry, append
from .document import DocumentKind, SupplyDocument


@dataclass(frozen=True, slots=True)
class DocumentChange:
    before: SupplyDocument | None
    after: SupplyDocument


def changed(
    before: SupplyDocument | None, after: SupplyDocument, event: str, *, actor: str, now: int
) -> DocumentChange:
    """`after` as the next version of `before`."""
    version = (before.version if before else 0) + 1
    entry = Entry(version, event, now, actor)
    timeline = append(before.timeline if before else (), entry)
    return DocumentChange(before, replace(after, version=version, timeline=timeline))


def listed(doc: SupplyDocument | None) -> frozenset[tuple[str, str]]:
    """(node, date) of the lists that it stands in: of whoever has still something to do."""
    if doc is None or doc.ended:
        return frozenset()
    leaving = doc.kind == DocumentKind.TRANSFER and not doc.coming
    return frozenset((node, doc.eta) for node in (doc.node, *([doc.source] if leaving else [])))
