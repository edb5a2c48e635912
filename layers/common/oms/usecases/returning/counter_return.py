"""A return across a store's counter: requested, received and judged in one go.

Three writes of one item; a repeated call goes on where the first one stopped.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.model.order import Order
from ...domain.model.returns import (
    APPROVED,
    RECEIVED,
    Inspection,
    Return,
    ReturnArrival,
    ReturnRequest,
)
from .deps import Returning
from .inspect_return import inspect_return
from .receive_return import receive_return
from .request_return import request_return


def counter_return(
    order_id: str, wanted: ReturnRequest, inspection: Inspection, *, actor: str, deps: Returning
) -> tuple[Order, Return]:
    asked = replace(wanted, counter=True)
    order, ret = request_return(order_id, asked, actor=actor, deps=deps)
    if ret.status == APPROVED:
        arrival = ReturnArrival(inspection.node, wanted.quantities)
        order, ret = receive_return(order_id, ret.number, arrival, actor=actor, deps=deps)
    if ret.status == RECEIVED:
        order, ret = inspect_return(order_id, ret.number, inspection, actor=actor, deps=deps)
    return order, ret
