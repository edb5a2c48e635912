"""What follows from one committed change of an order: stock, claims, and its executions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...domain.consequences.consequence import Rehoming, Wake
from ...domain.consequences.table import of_part
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order, OrderState, initial_state
from ...domain.orders.digital import services_to_deliver
from ..placing.beyond_stock import settle_order
from ..rerouting.deps import Rerouting
from ..rerouting.reconsider_part import reconsider_part
from ..rerouting.rehome_at_risk import rehome_at_risk
from ..rerouting.rehome_recalled import rehome_recalled
from ..reserving.change_reservation import commit_reservation
from ..retrying import retrying
from ..serving.cancel_order import cancel_parts
from .await_progress import wake_order
from .deps import Executing
from .drop_cancelled import drop_cancelled
from .follow_offer import follow_offer
from .follow_part import follow_part
from .follow_state import given_up, reduce_plans, release_plans, units_that_wait_no_more
from .free_day import free_day_of_part, free_days_of_plans

# what may move a part that its node has not accepted
REHOMES: Mapping[Rehoming, Callable[..., None]] = {
    Rehoming.KEEPS_PROMISE: rehome_at_risk,
    Rehoming.ANY: rehome_recalled,
    Rehoming.PAYS: reconsider_part,
}


def order_placed(order_id: str, cart: str, deps: Executing) -> None:
    """`cart` is the reservation that the order took over, "" without one."""
    deps.workflows.start("order", order_id, {"order_id": order_id})
    if cart:
        commit_reservation(cart, order_id, deps.reserving)


def part_changed(event: str, part: FulfilmentOrder, deps: Executing) -> None:
    """Stock first, so that what is sourced next sees it corrected."""
    follow_part(event, part, stock=deps.stock, now=deps.now)
    follow_offer(event, part, orders=deps.orders, stock=deps.stock)
    free_day_of_part(event, part, stock=deps.stock, config=deps.config)
    follows = of_part(event)
    if follows.wakes is Wake.ORDER:
        order = deps.orders.get(part.order_id)
        wake_order(order, deps)
        _deliver_services(order, deps)
    if follows.wakes is Wake.DIGITAL:
        deps.digital.ask(part.order_id, part.number)
    if follows.rehoming:
        rerouting = Rerouting(deps.orders, deps.stock, deps.config, deps.now)
        REHOMES[follows.rehoming](part.order_id, part.number, deps=rerouting)
    if event == "assign":  # a cancellation that ran beside the assignment did not see this part
        order = _carry_on_cancelling(deps.orders.get(part.order_id), deps)
        drop_cancelled(order, part.number, deps.orders, deps.now)


def _deliver_services(order: Order, deps: Executing) -> None:
    """With the last of the goods."""
    for number in services_to_deliver(order):
        deps.digital.ask(order.id, number)


def _carry_on_cancelling(order: Order, deps: Executing) -> Order:
    """Tried again: whoever asked to cancel may be telling the parts just now."""
    if not order.state.cancel_reason:
        return order
    return retrying(lambda: cancel_parts(deps.orders.get(order.id), deps.serving))


def state_changed(order_id: str, before: OrderState | None, deps: Executing) -> None:
    order, stock = deps.orders.get(order_id), deps.stock
    earlier = before or initial_state(order.snapshot)
    gone = given_up(order, earlier)
    release_plans(order, gone, stock=stock)
    free_days_of_plans(order.id, gone, stock=stock)
    reduce_plans(order, earlier, stock=stock)
    order = _carry_on_cancelling(order, deps)
    if earlier.waiting and (order.state.cancel_reason or not order.state.waiting):
        stock.waiting.drop(order)
        skus = {line.sku for line in order.snapshot.lines}
        settle_order(order.id, sorted(skus), {}, backorders=deps.backorders)
    elif dropped := units_that_wait_no_more(order, earlier):
        stock.waiting.drop(order)
        stock.waiting.put(order, deps.now)
        still = order.snapshot.per_sku(order.state.waiting)
        skus = set(order.snapshot.per_sku(dropped))
        settle_order(order.id, sorted(skus), still, backorders=deps.backorders)
    wake_order(order, deps)
    _deliver_services(order, deps)


def payment_changed(order_id: str, deps: Executing) -> None:
    wake_order(deps.orders.get(order_id), deps)
