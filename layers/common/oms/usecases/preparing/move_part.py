"""One step of a part by a person: scope, repetition, version, decision, one write.

Every verb of node staff is this with its own pure step (domain/preparing/steps.py).
"""

from __future__ import annotations

from collections.abc import Callable

from ...domain.errors import IllegalTransition, NotFound
from ...domain.model.fulfilment import OFFERED, FulfilmentOrder
from ...domain.model.order import Order
from ...domain.model.payment import AUTHORISED
from ...domain.preparing import steps
from ...domain.preparing.steps import Step
from ...domain.timeline import Entry
from ...ports import Orders, Worker
from ..retrying import retrying
from .command import PartCommand
from .deps import Preparing


def part_for(order_id: str, number: int, worker: Worker, orders: Orders) -> FulfilmentOrder:
    """Raises the same NotFound for a part of another node and for one that does not exist."""
    try:
        part = orders.part(order_id, number)
    except NotFound:
        raise NotFound("there is no such part at your node") from None
    if not (part.status == OFFERED and any(sees(node, worker) for node in part.offered)):
        worker.may_work_at(part.node)
    return part


def sees(node: str, worker: Worker) -> bool:
    try:
        worker.may_work_at(node)
    except NotFound:
        return False
    return True


def move_part(
    command: PartCommand,
    step: Callable[[FulfilmentOrder], Step],
    *,
    done: Callable[[FulfilmentOrder], bool],
    deps: Preparing,
    note: str = "",
) -> FulfilmentOrder:
    """`done` tells that this very call had its effect before: the answer is what is there now."""

    def attempt() -> FulfilmentOrder:
        part = part_for(command.order_id, command.number, command.worker, deps.orders)
        if done(part):
            return part
        steps.check_version(part, command.version)
        try:
            event, after = step(part)
        except IllegalTransition as refused:
            refused.extra |= steps.situation_of(part)
            raise
        entry = Entry(part.version + 1, event, deps.now, command.worker.actor, note)
        return deps.orders.save_part(steps.with_request(part, after), entry)

    return retrying(attempt)


def led_by(*events: str) -> Callable[[FulfilmentOrder], bool]:
    """Whether one of `events` brought the part to where it is."""
    return lambda part: steps.last_event(part) in events


def free_to_leave(part: FulfilmentOrder, deps: Preparing) -> None:
    """Raises IllegalTransition while a hold blocks shipping or nothing secures the money."""
    order = deps.orders.get(part.order_id)
    not_held(order)
    if not (order.paid(part.number) or _secured(order, deps.now)):
        raise IllegalTransition("the payment's authorisation has lapsed")


def _secured(order: Order, now: int) -> bool:
    """Whether what is to be captured later still can be."""
    payment = order.payment
    if payment is None or payment.status != AUTHORISED:
        return False
    return payment.expires_at is None or payment.expires_at > now


def not_held(order: Order) -> None:
    """Raises IllegalTransition while a hold blocks shipping."""
    state = order.state
    if state.blocked("SHIP"):
        kinds = sorted(hold.kind for hold in state.holds if "SHIP" in hold.blocks)
        raise IllegalTransition(f"the order is on hold: {', '.join(kinds)}", holds=kinds)
