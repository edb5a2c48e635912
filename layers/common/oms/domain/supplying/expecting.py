"""What a document adds to the supply of its SKUs: one row per line that is still to come."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.supply import Supply
from .document import SupplyDocument


def expected(doc: SupplyDocument | None, name: str) -> tuple[Supply, ...]:
    """`name` is the document's, and its rows' id."""
    if doc is None or not doc.coming:
        return ()
    return tuple(
        Supply(
            id=name,
            sku=line.sku,
            node=doc.node,
            quantity=line.outstanding,
            eta=doc.eta,
            confidence=doc.confidence,
            receive_days=doc.receive_days,
        )
        for line in doc.lines
        if line.outstanding > 0
    )


def difference(
    before: Iterable[Supply], after: Iterable[Supply]
) -> tuple[list[Supply], list[Supply]]:
    """(rows to delete, rows to write); a row is known by its SKU, date and id."""
    old = {(row.sku, row.eta, row.id): row for row in before}
    new = {(row.sku, row.eta, row.id): row for row in after}
    gone = [row for key, row in old.items() if key not in new]
    return gone, [row for key, row in new.items() if old.get(key) != row]
