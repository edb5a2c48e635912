"""Let sourcing try again after it gave up: a human's decision, once for each time it is stuck."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import IllegalTransition
from ...domain.model.order import Order
from ...domain.orders import progress
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Serving


def grant_attempt(order_id: str, *, actor: str, deps: Serving) -> Order:
    """The order with one more sourcing round; granted before and not used up, nothing changes.

    Several parts may have failed at once, so more than one is granted where one would not do.
    Raises IllegalTransition when the order is not stuck and never was granted anything.
    """

    def attempt() -> Order:
        order = deps.orders.get(order_id)
        state, standing = order.state, progress.situation(order)
        if standing != progress.STUCK:
            if state.granted:
                return order
            raise IllegalTransition("sourcing has not given up", situation=standing)
        following = replace(state, granted=order.attempts - order.snapshot.max_attempts + 1)
        entry = Entry(state.version + 1, "grant", deps.now, actor)
        return replace(order, state=deps.orders.save_state(order, following, entry))

    return retrying(attempt)
