"""End of a return's execution: goods are judged, money is settled, the return is closed."""

from __future__ import annotations

from ...domain.errors import Fault
from ...domain.model.order import Order
from ...domain.model.returns import Return
from ...domain.returning import return_progress as progress
from ...domain.states import ReturnEvent, ReturnStatus
from .change_return import change_return
from .deps import Returning


def conclude_return(order_id: str, number: int, *, deps: Returning) -> dict[str, ReturnStatus]:
    """`outcome`: COMPLETED, EXPIRED or CANCELLED. Repeating it changes nothing."""

    def decide(order: Order, ret: Return) -> tuple[ReturnEvent, Return] | None:
        if not ret.open:
            return None
        if progress.situation(order, ret) != progress.DONE:
            raise Fault(f"return {number} of order {order_id} is not settled")
        return "complete", ret.moved("complete")

    _, ret = change_return(
        order_id, number, decide, orders=deps.orders, actor="system", now=deps.now
    )
    return {"outcome": ret.status}
