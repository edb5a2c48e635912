"""Judge what arrived: what is accepted, where it goes, and so what is to be refunded."""

from __future__ import annotations

from ...domain.errors import IllegalTransition
from ...domain.model import returns as r
from ...domain.model.order import Order
from ...domain.model.returns import Inspection, Return
from ...domain.returning import refund
from ...domain.states import ReturnEvent
from .change_return import change_return
from .deps import Returning


def inspect_return(
    order_id: str, number: int, inspection: Inspection, *, actor: str, deps: Returning
) -> tuple[Order, Return]:
    def decide(order: Order, ret: Return) -> tuple[ReturnEvent, Return] | None:
        node = inspection.node
        if ret.receipts and node not in {receipt.node for receipt in ret.receipts}:
            raise IllegalTransition(f"nothing of return {number} arrived at {node}")
        after = r.inspected(ret, inspection.verdicts, inspection.fee)
        if after is None:
            return None
        policy = deps.config.channel(order.snapshot.channel).refund_shipping
        return "inspect", with_refund_due(after, refund.amount_due(order, after, policy))

    return change_return(order_id, number, decide, orders=deps.orders, actor=actor, now=deps.now)


def with_refund_due(ret: Return, amount: int) -> Return:
    """NONE → DUE; denied when nothing was accepted; NONE when what was accepted cost nothing."""
    if amount:
        return ret.paid("fall_due", amount=amount)
    return ret if ret.accepted else ret.paid("fall_due", "deny")
