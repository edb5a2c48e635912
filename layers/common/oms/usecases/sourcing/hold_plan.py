"""Decide and hold: where a claim is refused, only what refused is read again (domain 4.3, step 3).

choose a plan ─► claim what it needs and is not held yet ─► held
    ▲                   │ refused by few (SKU, node)s or (node, day)s
    └── these rows read again, all else as it was ◄─┘     at most MAX_CLAIM_RETRIES times
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...domain.limits.sourcing import MAX_CLAIM_RETRIES
from ...domain.model.network import Network
from ...domain.model.order import Order
from ...domain.model.plan import Plan
from .claim_stock import Claims
from .reading import Reading

Choose = Callable[[Network], Plan | None]  # None: nothing is worth holding


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """`plan`: held, with the locations of its claims; None when nothing was chosen, or when every
    try was refused (`spent`). `network`: what was known at the end.
    """

    plan: Plan | None
    network: Network
    spent: bool = False


def hold_plan(
    order: Order, reading: Reading, choose: Choose, network: Network | None = None
) -> HeldPlan:
    """Raises what `choose` raises. This run holds nothing then, nor when there is no plan; what a
    crash leaves is found by the orphan check.
    """
    first_part = order.next_part
    if network is None:
        network = reading.network(order.snapshot, consistent=True, first_part=first_part)
    claims = Claims(order.snapshot, reading)
    for _ in range(MAX_CLAIM_RETRIES):
        plan = _chosen(choose, network, claims)
        if plan is None:
            return HeldPlan(None, network)
        conflict = claims.take(plan, network)
        if conflict is None:
            return HeldPlan(claims.paged(plan), network)
        network = reading.refreshed(network, conflict, order.snapshot, first_part=first_part)
    claims.let_go()
    return HeldPlan(None, network, spent=True)


def _chosen(choose: Choose, network: Network, claims: Claims) -> Plan | None:
    plan = None
    try:
        plan = choose(network)
    finally:
        if plan is None:
            claims.let_go()
    return plan
