"""Documents of goods on their way, and who sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.model.stock_item import Movement
    from ..domain.supplying.document import DocumentKind, SupplyDocument
    from ..domain.supplying.document_change import DocumentChange
    from ..domain.supplying.supplier import Supplier


class Supplies(Protocol):
    def get(self, kind: DocumentKind, id: str) -> SupplyDocument | None: ...

    def name(self, kind: DocumentKind, id: str) -> str:
        """What supply and movements carry of the document."""

    def at_node(self, node: str) -> list[tuple[DocumentKind, str]]:
        """(kind, id) of documents that the node has something to do with, by date."""

    def documents(self, ids: Sequence[tuple[DocumentKind, str]]) -> list[SupplyDocument]:
        """Up to 100, eventually consistent; what is gone falls away."""

    def commit(
        self, changes: Sequence[DocumentChange], movements: Sequence[Movement], *, now: int
    ) -> None:
        """All or nothing. Raises LostRace, OutOfStock."""


class Suppliers(Protocol):
    def supplier(self, id: str) -> Supplier:
        """Raises NotFound."""
