"""A drop-shipper is sent its purchase order, and what becomes of it without the supplier's doing.

Whatever event asked for it, the document is of the part as it is now: late, twice or out of order,
the newest that came is true, and `version` tells which is.
"""

from __future__ import annotations

from typing import Final, Literal

from ...domain.errors import NotFound
from ...domain.preparing import purchasing
from ...ports import Suppliers
from ..preparing.view_purchase import purchase_of
from .deps import SendingPurchaseOrders

SendOutcome = Literal["SENT", "DRAFT", "NO_QUEUE", "NO_PURCHASE"]
SENT: Final = "SENT"
DRAFT: Final = "DRAFT"
NO_QUEUE: Final = "NO_QUEUE"
NO_PURCHASE: Final = "NO_PURCHASE"


def send_purchase_order(order_id: str, number: int, *, deps: SendingPurchaseOrders) -> SendOutcome:
    """What was done. Raises NotFound for an order that does not exist."""
    order = deps.orders.get(order_id)
    part = order.part(number)
    if part is None or not part.purchase:
        return NO_PURCHASE
    status = purchasing.WORDS[part.status]
    if status == purchasing.DRAFT:  # an offer: it is nobody's yet
        return DRAFT
    queue = _queue_of(part.node, deps.suppliers)
    if not queue:
        return NO_QUEUE
    body, po = deps.render(purchase_of(order, part, deps.config)), f"{order_id}-{number}"
    deps.post.send(f"{po}:{status}", queue, number=po, status=status, body=body)
    return SENT


def _queue_of(supplier: str, suppliers: Suppliers) -> str:
    """Empty for one that reads its purchase orders itself."""
    try:
        return suppliers.supplier(supplier).purchase_queue
    except NotFound:
        return ""
