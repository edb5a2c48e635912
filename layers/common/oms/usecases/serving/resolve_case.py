"""Close an exception case: somebody looked at it and says what was done."""

from __future__ import annotations

from ...domain import lifecycle
from ...ports import Orders, Row
from ..retrying import retrying

RESOLVED = "RESOLVED"


def resolve_case(
    order_id: str,
    kind: str,
    part: int,
    note: str,
    *,
    orders: Orders,
    now: int,
    actor: str,
) -> Row:
    """The case; resolved before, the first resolution stands. Raises NotFound."""

    def attempt() -> Row:
        case = orders.case(order_id, kind, part)
        if case["status"] == RESOLVED:
            return case
        status = lifecycle.step(lifecycle.CASE, case["status"], "resolve")
        said = {"status": status, "note": note, "resolved_by": actor, "resolved_at": now}
        return orders.save_case({**case, **said})

    return retrying(attempt)
