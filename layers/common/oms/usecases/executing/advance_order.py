"""What follows from one committed change of an order: stock, claims, and its executions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order, OrderState, initial_state
from ...domain.preparing import effects
from ...ports import Backorders, ConfigReader, Orders, Reservations, Stock, Workflows
from ..placing.beyond_stock import settle_order
from ..rerouting.reconsider_part import reconsider_part
from ..rerouting.rehome_at_risk import rehome_at_risk
from ..rerouting.rehome_recalled import rehome_recalled
from ..reserving.change_reservation import commit_reservation
from ..retrying import retrying
from ..serving.cancel_order import cancel_parts
from .await_progress import wake_order
from .follow_offer import follow_offer
from .follow_part import follow_part
from .follow_state import given_up, release_plans
from .leave_day import part_leaves, plans_leave

# what may move a part that its node has not accepted
REHOMES: Mapping[str, Callable[..., None]] = {
    "at_risk": rehome_at_risk,
    "recall": rehome_recalled,
    "review": reconsider_part,
}


def order_placed(
    order_id: str, cart: str, *, reservations: Reservations, workflows: Workflows, now: int
) -> None:
    """`cart` is the reservation that the order took over, "" without one."""
    workflows.start("order", order_id, {"order_id": order_id})
    if cart:
        commit_reservation(cart, order_id, reservations=reservations, now=now)


def part_changed(
    event: str,
    part: FulfilmentOrder,
    *,
    orders: Orders,
    stock: Stock,
    config: ConfigReader,
    workflows: Workflows,
    now: int,
) -> None:
    """Stock first, so that what is sourced next sees it corrected."""
    follow_part(event, part, stock=stock, now=now)
    follow_offer(event, part, orders=orders, stock=stock)
    part_leaves(event, part, stock=stock, config=config)
    if event in effects.TOUCHES_STOCK:
        wake_order(orders.get(part.order_id), orders=orders, workflows=workflows)
    if event in REHOMES:
        REHOMES[event](
            part.order_id, part.number, orders=orders, stock=stock, config=config, now=now
        )
    if event == "assign":  # a cancellation that ran beside the assignment did not see this part
        _carry_on_cancelling(orders.get(part.order_id), orders, config, now)


def _carry_on_cancelling(order: Order, orders: Orders, config: ConfigReader, now: int) -> Order:
    if not order.state.cancel_reason:
        return order
    channel = config.channel(order.snapshot.channel)

    def attempt() -> Order:  # whoever asked to cancel may be telling the parts just now
        return cancel_parts(orders.get(order.id), orders=orders, now=now, channel=channel)

    return retrying(attempt)


def state_changed(
    order_id: str,
    before: OrderState | None,
    *,
    orders: Orders,
    stock: Stock,
    config: ConfigReader,
    workflows: Workflows,
    now: int,
    backorders: Backorders | None = None,
) -> None:
    order = orders.get(order_id)
    earlier = before or initial_state(order.snapshot)
    gone = given_up(order, earlier)
    release_plans(order, gone, stock=stock)
    plans_leave(order.id, gone, stock=stock)
    order = _carry_on_cancelling(order, orders, config, now)
    if earlier.waiting and (order.state.cancel_reason or not order.state.waiting):
        stock.drop_waiting(order)
        if backorders:
            skus = {line.sku for line in order.snapshot.lines}
            settle_order(order.id, sorted(skus), {}, backorders=backorders)
    wake_order(order, orders=orders, workflows=workflows)


def payment_changed(order_id: str, *, orders: Orders, workflows: Workflows) -> None:
    wake_order(orders.get(order_id), orders=orders, workflows=workflows)
