"""A person closes an exception case about stock."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...ports import Row
from .deps import Stocking


def resolve_stock_case(
    sku: str, node: str, kind: str, note: str, actor: str, deps: Stocking
) -> Row:
    """Resolved before, the first resolution stands. Raises NotFound."""
    content = {"note": note, "resolved_by": actor, "resolved_at": deps.now}
    deps.cases.close_case(sku, node, kind, content)
    for case in deps.cases.cases(sku):
        if (case["kind"], case["node"]) == (kind, node):
            return case
    raise NotFound("there is no such case")
