"""A count of some SKUs of a node is planned."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.errors import IdempotencyConflict, ValidationFailed
from ...domain.stock.count_session import CountLine, CountSession
from ...ports import Worker
from ..retrying import retrying
from .deps import Counting
from .save_count import save_count


def create_count(
    id: str, node: str, skus: Sequence[str], worker: Worker, deps: Counting
) -> CountSession:
    """The same id is the same session. Raises NotFound, ValidationFailed, IdempotencyConflict."""
    worker.may_work_at(node)
    config = deps.stocking.config
    config.node(node)
    products = config.products(skus)
    wrong = {f"/skus/{n}": "unknown" for n, sku in enumerate(skus) if sku not in products}
    if wrong:
        raise ValidationFailed("not every SKU is known", fields=wrong)

    def attempt() -> CountSession:
        before = deps.sessions.get(id)
        if before:
            if (before.node, [line.sku for line in before.lines]) != (node, list(skus)):
                raise IdempotencyConflict(f"{id} is another count", fields={"/id": "is taken"})
            return before
        made = CountSession(id, node, tuple(CountLine(sku) for sku in skus))
        return save_count(None, made, "create", worker.actor, deps)

    return retrying(attempt)
