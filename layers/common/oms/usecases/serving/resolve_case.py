"""Close an exception case: somebody looked at it and says what was done."""

from __future__ import annotations

from ...domain import lifecycle
from ...ports import Orders, Row
from ..retrying import retrying

RESOLVED = "RESOLVED"


def resolve_case(
    order_id: str, case: tuple[str, int], note: str, *, actor: str, orders: Orders, now: int
) -> Row:
    """The case, named by its kind and its part; resolved before, the first resolution stands.

    Raises NotFound.
    """

    def attempt() -> Row:
        found = orders.case(order_id, *case)
        if found["status"] == RESOLVED:
            return found
        status = lifecycle.step(lifecycle.CASE, found["status"], "resolve")
        said = {"status": status, "note": note, "resolved_by": actor, "resolved_at": now}
        return orders.save_case({**found, **said})

    return retrying(attempt)
