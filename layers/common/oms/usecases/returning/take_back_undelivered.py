"""Scans of carriers, and what the sender gets back because of them.

A part that came back becomes a return that nobody asked for: its node receives and judges the
goods, and the money follows as with every return. A case says so, to whoever has to talk to the
customer. Both are written again and again until they are there: by the same scan, once more.
"""

from __future__ import annotations

from ...domain.errors import LimitExceeded, NotFound, NothingToReturn
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.returns import UNDELIVERABLE, ReturnReason, ReturnRequest
from ...domain.model.shipping import TrackingUpdate
from ...domain.returning.refund import goods_value
from ...ports import Row
from ..preparing.deps import Preparing
from ..preparing.track_parcel import CARRIER, Tracked, track_parcel
from .deps import Returning
from .request_return import request_return

RETURNED_TO_SENDER = "RETURNED_TO_SENDER"  # kind of exception case


def follow_scan(update: TrackingUpdate, *, preparing: Preparing, returning: Returning) -> Tracked:
    tracked = track_parcel(update, deps=preparing)
    if tracked.part and tracked.part.status == fo.RETURNED_TO_SENDER:
        take_back_undelivered(tracked.part, deps=returning)
    return tracked


def take_back_undelivered(part: FulfilmentOrder, *, deps: Returning) -> None:
    """Where some of its parcels were delivered, nobody knows which units came back: a person asks
    for the return then.
    """
    found: Row = {"node": part.node, "at": deps.now}
    if all(package.sent_back for package in part.packages):
        found |= _return(part, deps)
    try:
        deps.orders.case(part.order_id, RETURNED_TO_SENDER, part.number)
    except NotFound:  # one that was resolved stays so
        deps.orders.open_case(part.order_id, RETURNED_TO_SENDER, part.number, found)


def _return(part: FulfilmentOrder, deps: Returning) -> Row:
    """What the case says of it; nothing when the units are in a return already."""
    quantities = {no: len(which) for no, which in part.lines.items()}
    reasons: dict[int, ReturnReason] = dict.fromkeys(quantities, UNDELIVERABLE)
    key = f"undelivered:{part.number}"
    wanted = ReturnRequest(key, quantities, reasons, in_window=False)
    try:
        order, ret = request_return(part.order_id, wanted, actor=CARRIER, deps=deps)
    except (NothingToReturn, LimitExceeded):
        return {}
    due = goods_value(order, ret.advised)
    return {"return": ret.number, "refund_due": due, "currency": order.snapshot.currency}
