"""Judge what arrived: what is accepted, where it goes, and so what is to be refunded."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.errors import IllegalTransition
from ...domain.model import returns as r
from ...domain.model.order import Order
from ...domain.model.returns import Return, Verdict
from ...domain.returning import refund
from ...ports import ConfigReader, Orders
from .change_return import change_return


def inspect_return(
    order_id: str,
    number: int,
    *,
    node: str,
    verdicts: Mapping[int, Verdict],
    fee: int,
    orders: Orders,
    config: ConfigReader,
    actor: str,
    now: int,
) -> tuple[Order, Return]:
    """`fee` (minor units) is kept back, at most what would be refunded."""

    def decide(order: Order, ret: Return) -> tuple[str, Return] | None:
        if ret.receipts and node not in {receipt.node for receipt in ret.receipts}:
            raise IllegalTransition(f"nothing of return {number} arrived at {node}")
        after = r.inspected(ret, verdicts, fee)
        if after is None:
            return None
        policy = config.channel(order.snapshot.channel).refund_shipping
        return "inspect", owed(after, refund.amount_due(order, after, policy))

    return change_return(order_id, number, decide, orders=orders, actor=actor, now=now)


def owed(ret: Return, amount: int) -> Return:
    """NONE → DUE; denied when nothing was accepted; NONE when what was accepted cost nothing."""
    if amount:
        return ret.paid("fall_due", amount=amount)
    return ret if ret.accepted else ret.paid("fall_due", "deny")
