"""A hold still keeps an order from its nodes when work would have to begin: a human decides."""

from __future__ import annotations

from ...domain.orders import progress
from ...domain.preparing.milestones import MILESTONE_CASE
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Sweeping

AT_RISK, NOT_ROUTED = "at_risk", "NOT_ROUTED"
NOTHING = ""


def warn_unrouted(order_id: str, *, actor: str, deps: Sweeping) -> str:
    """The event that happened; told once: the sweep does not come back for it."""

    orders, now = deps.orders, deps.now

    def attempt() -> str:
        order = orders.get(order_id)
        last = progress.route_by(order.state)
        if last is None or last > now or _warned(order.state.timeline, last):
            return NOTHING
        orders.open_case(order_id, MILESTONE_CASE, 0, {"reason": NOT_ROUTED, "at": now})
        entry = Entry(order.state.version + 1, AT_RISK, now, actor)
        orders.save_state(order, order.state, entry)
        return AT_RISK

    return retrying(attempt)


def _warned(timeline: tuple[Entry, ...], last: int) -> bool:
    return any(entry.kind == AT_RISK and entry.at >= last for entry in timeline)
