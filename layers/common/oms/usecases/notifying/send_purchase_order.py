"""A drop-shipper is sent its purchase order, and what becomes of it without the supplier's doing.

Whatever event asked for it, the document is of the part as it is now: late, twice or out of order,
the newest that came is true, and `version` tells which is.
"""

from __future__ import annotations

from collections.abc import Callable

from ...domain.errors import NotFound
from ...domain.preparing import purchasing
from ...ports import ConfigReader, Orders, SupplierPost, Suppliers
from ..preparing.view_purchase import Purchase, purchase_of

SENT, DRAFT, NO_QUEUE, NO_PURCHASE = "SENT", "DRAFT", "NO_QUEUE", "NO_PURCHASE"


def send_purchase_order(
    order_id: str,
    number: int,
    *,
    orders: Orders,
    config: ConfigReader,
    suppliers: Suppliers,
    post: SupplierPost,
    render: Callable[[Purchase], str],
) -> str:
    """What was done. Raises NotFound for an order that does not exist."""
    order = orders.get(order_id)
    part = order.part(number)
    if part is None or not part.purchase:
        return NO_PURCHASE
    status = purchasing.WORDS[part.status]
    if status == purchasing.DRAFT:  # an offer: it is nobody's yet
        return DRAFT
    queue = _queue_of(part.node, suppliers)
    if not queue:
        return NO_QUEUE
    body, po = render(purchase_of(order, part, config)), f"{order_id}-{number}"
    post.send(f"{po}:{status}", queue, number=po, status=status, body=body)
    return SENT


def _queue_of(supplier: str, suppliers: Suppliers) -> str:
    """Empty for one that reads its purchase orders itself."""
    try:
        return suppliers.supplier(supplier).purchase_queue
    except NotFound:
        return ""
