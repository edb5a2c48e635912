"""What fell due: nothing waits unseen. Each item stands alone, a failing one stops no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ...domain.limits.preparing import MAX_DUE_PER_SHARD
from ...domain.model.payment import EXPIRED, GatewayAnswer
from ...domain.orders import progress
from ...domain.timeline import Entry
from ..outages.recall_parts import sweep_node
from ..paying.authorise_payment import record_answer
from ..rerouting.retry_sourcing import retry_sourcing
from ..retrying import retrying
from ..returning.expire_return import expire_return
from .deps import Sweeping
from .release_scheduled import release_scheduled
from .renew_waiting import renew_waiting
from .sweep_part import ACTOR, NOTHING, sweep_part
from .warn_unrouted import warn_unrouted

PAYMENT = "PAYMENT"  # kind of exception case
NO_ANSWER, LAPSES = "NO_ANSWER", "AUTHORISATION_EXPIRES"

# (order id, number) → the event that happened, NOTHING when none did
Expire = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class SweptItem:
    """`error` is what kept the item from being dealt with; the next run comes back to it."""

    order_id: str
    item: str
    event: str = NOTHING
    error: Exception | None = None


def sweep_due(*, deps: Sweeping, limit: int = MAX_DUE_PER_SHARD) -> list[SweptItem]:
    """At most `limit` items of each shard, the longest overdue first."""
    handle: dict[str, Expire] = {
        "FO": partial(sweep_part, deps=deps),
        "PAY": partial(sweep_payment, deps=deps),
        "NODE": lambda pk, _: sweep_node(pk.partition("#")[2], deps=deps.outages),
        "STATE": lambda order, _: (
            release_scheduled(order, actor=ACTOR, deps=deps)
            or retry_sourcing(order, actor=ACTOR, deps=deps.rerouting)
            or warn_unrouted(order, actor=ACTOR, deps=deps)
            or renew_waiting(order, actor=ACTOR, deps=deps)
            or sweep_waiting(order, deps=deps)
        ),
        "RETURN": partial(sweep_return, deps=deps),
    }
    return [
        _one(order_id, sk, handle)
        for shard in deps.orders.shards()
        for order_id, sk in deps.orders.due(shard, deps.now, limit=limit)
    ]


def _one(order_id: str, sk: str, handle: dict[str, Expire]) -> SweptItem:
    noun, _, number = sk.partition("#")
    try:
        return SweptItem(order_id, sk, handle[noun](order_id, int(number or 0)))
    except Exception as error:  # of any kind: the caller logs it, the others go on
        return SweptItem(order_id, sk, error=error)


def sweep_payment(order_id: str, number: int, *, deps: Sweeping) -> str:
    """The payer never came back: the order is given up, a human asks the provider why."""
    orders, now = deps.orders, deps.now

    def attempt() -> str:
        order = orders.get(order_id)
        payment = next((p for p in order.payments if p.number == number), None)
        if payment is None or payment.due is None or payment.due > now:
            return NOTHING
        orders.open_case(order_id, PAYMENT, number, {"reason": NO_ANSWER, "at": now})
        answer = GatewayAnswer(EXPIRED, payment.ref, NO_ANSWER)
        return record_answer(order, payment, answer, orders=orders, now=now)["outcome"].lower()

    return retrying(attempt)


def sweep_waiting(order_id: str, *, deps: Sweeping) -> str:
    """The order still waits and its authorisation is about to lapse: a human decides."""
    orders, now = deps.orders, deps.now

    def attempt() -> str:
        order = orders.get(order_id)
        lapses = progress.authorisation_warning_at(order, order.state, 0)
        if lapses is None or lapses > now:
            return NOTHING
        orders.open_case(order_id, PAYMENT, 0, {"reason": LAPSES, "at": now})
        orders.save_state(
            order, order.state, Entry(order.state.version + 1, "warn_of_lapse", now, ACTOR)
        )
        return "warn_of_lapse"

    return retrying(attempt)


def sweep_return(order_id: str, number: int, *, deps: Sweeping) -> str:
    """The goods did not come in time."""
    found = expire_return(order_id, number, orders=deps.orders, now=deps.now)
    last = found.timeline[-1:]
    return next((entry.kind for entry in last if entry.at == deps.now), NOTHING)
