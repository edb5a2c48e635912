"""What a case was about is over: it closes itself."""

from __future__ import annotations

from ...domain.errors import LostRace
from ...domain.model import case as cases
from ...domain.model.order import Order
from .deps import Executing


def close_case(order: Order, kind: str, number: int, why: str, deps: Executing) -> None:
    """`number`: of the part, payment or return; 0 for the order. Nothing when none is open."""
    for case in order.cases:
        ours = case.get("kind") == kind and int(str(case["sk"]).rpartition("#")[2]) == number
        if not ours or case["status"] in cases.CLOSED:
            continue
        try:
            deps.orders.save_case(cases.resolved(case, why, by="system", at=deps.now))
        except LostRace:
            return  # somebody just closed it, or it is open again
