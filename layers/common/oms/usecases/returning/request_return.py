"""Agree to take units back. The caller's key names the return: asked again, it is the same one.

Return numbers are dense and each is written once, so of two requests for the same units one
loses, reads the other's return, and finds the units held.
"""

from __future__ import annotations

from ...domain.errors import IdempotencyConflict, LimitExceeded
from ...domain.limits.orders import MAX_RETURNS, RETURN_ARRIVES_WITHIN_S
from ...domain.model.order import Order
from ...domain.model.returns import Return, ReturnRequest
from ...domain.returning import digital_returns, refund
from ...domain.timeline import Entry
from ..retrying import retrying
from .change_return import with_return
from .deps import Returning
from .inspect_return import with_refund_due

TRIES = 5


def request_return(
    order_id: str, wanted: ReturnRequest, *, actor: str, deps: Returning
) -> tuple[Order, Return]:
    """Raises NothingToReturn naming the lines, IdempotencyConflict.

    Outside the window only customer service takes something back, and so it does what is digital.
    """

    def attempt() -> tuple[Order, Return]:
        order = deps.orders.get(order_id)
        if before := _known(order, wanted):
            return order, before
        number = max((ret.number for ret in order.returns), default=0) + 1
        if number > MAX_RETURNS:
            raise LimitExceeded(f"an order has at most {MAX_RETURNS} returns")
        channel = deps.config.channel(order.snapshot.channel)
        digital_returns.require_returnable(order, wanted.quantities, by_customer=wanted.in_window)
        window = channel.return_window_days
        ret = Return(
            order_id,
            number,
            wanted.key,
            refund.units_to_return(
                order, wanted.quantities, deps.now, window if wanted.in_window else None
            ),
            dict(wanted.reasons),
            due=deps.now + RETURN_ARRIVES_WITHIN_S,
            requested_at=deps.now,
            counter=wanted.counter,
        )
        agreed = digital_returns.accepted_at_once(order, ret)
        if agreed is not ret:
            agreed = with_refund_due(
                agreed, refund.amount_due(order, agreed, channel.refund_shipping)
            )
        saved = deps.orders.save_return(agreed, Entry(1, "request", deps.now, actor))
        return with_return(order, saved), saved

    return retrying(attempt, TRIES)


def _known(order: Order, wanted: ReturnRequest) -> Return | None:
    for ret in order.returns:
        if ret.key != wanted.key:
            continue
        quantities = {no: len(which) for no, which in ret.advised.items()}
        if (quantities, dict(ret.reasons)) != (dict(wanted.quantities), dict(wanted.reasons)):
            raise IdempotencyConflict(
                f"return {ret.number} was requested with this key and other contents",
                fields={"/key": "already used for a different return"},
                number=ret.number,
            )
        return ret
    return None
