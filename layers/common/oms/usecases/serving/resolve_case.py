"""Close an exception case: somebody looked at it and says what was done."""

from __future__ import annotations

from ...domain.model import case as cases
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
        return orders.save_case(cases.resolved(found, note, by=actor, at=now))

    return retrying(attempt)
