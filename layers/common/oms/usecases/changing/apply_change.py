"""Change an order: preview what would come of it, or commit it.

The state of the order, its parts that change and the change itself are one transaction. Stock,
the execution and the bus follow from the stream, so a death anywhere is healed by asking again
with the same key. Nodes answer requests as they answer cancelling (preparing/answer_cancel.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from ...domain import lifecycle
from ...domain.changing.plan_change import ChangePlan, plan_change
from ...domain.errors import IdempotencyConflict, ValidationFailed
from ...domain.ids import digest
from ...domain.limits.orders import MAX_CHANGES
from ...domain.model.order import RECEIVED, Order, OrderState
from ...domain.model.order_change import (
    CancelUnits,
    ChangeAddress,
    ChangeContact,
    Operation,
    OrderChange,
)
from ...domain.model.units import NO_UNITS
from ...domain.orders.buckets import cancelled_units
from ...domain.timeline import Entry
from ..retrying import retrying
from ..serving.deps import Serving

NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """`key`: names this change for good; a channel gives that of its state. `by` and `source`: who
    asks, and where. `ask_nodes`: nodes that work on it are asked; else that is refused.
    """

    order_id: str
    operations: tuple[Operation, ...]
    key: str
    by: str
    why: str
    source: str = ""
    note: str = ""
    ask_nodes: bool = True


def apply_change(request: ChangeRequest, deps: Serving) -> tuple[Order, OrderChange]:
    """The order after the change. What cannot be done is in its results as REFUSED with a reason;
    nothing is written when all of it is. The same key again answers what was done then.

    Raises NotFound, ValidationFailed for a line that is not there, IdempotencyConflict for a key
    that was given for something else.
    """

    def attempt() -> tuple[Order, OrderChange]:
        order = deps.orders.get(request.order_id)
        if done := _done_before(order, request):
            return order, done
        plan, change = _planned(order, request, deps)
        if not plan.changes:
            return order, change
        if change.number > MAX_CHANGES:
            raise ValidationFailed(f"an order is changed {MAX_CHANGES} times at most")
        state, event = _ended(plan.order, request.why)
        entry = Entry(order.state.version + 1, event, deps.now, request.by, request.why)
        return deps.orders.save_change(order, state, plan.parts, change, entry), change

    return retrying(attempt)


def preview_change(request: ChangeRequest, deps: Serving) -> tuple[Order, OrderChange]:
    """What `apply_change` would answer now; nothing is written. Raises as it does."""
    order = deps.orders.get(request.order_id)
    return order, _done_before(order, request) or _planned(order, request, deps)[1]


def _done_before(order: Order, request: ChangeRequest) -> OrderChange | None:
    found = next((each for each in order.changes if each.key == request.key), None)
    if found and found.asked != _digest(request):
        wrong = {"/key": "already used for a different change"}
        raise IdempotencyConflict(f"change {found.key} asks for something else", fields=wrong)
    return found


def _planned(order: Order, request: ChangeRequest, deps: Serving) -> tuple[ChangePlan, OrderChange]:
    known = {line.no for line in order.snapshot.lines}
    wrong = {
        f"/operations/{place}/line": "not a line of this order"
        for place, each in enumerate(request.operations)
        if isinstance(each, CancelUnits) and each.line not in known
    }
    if wrong:
        raise ValidationFailed("lines that are not in this order", fields=wrong)
    due = deps.now + deps.config.channel(order.snapshot.channel).cancel_answer_within_s
    plan = plan_change(order, request.operations, ask_nodes=request.ask_nodes, due=due)
    kinds = {type(each) for each in request.operations}
    before = asdict(order.snapshot.customer) if ChangeContact in kinds else NOBODY
    return plan, OrderChange(
        number=len(order.changes) + 1,
        key=request.key,
        asked=_digest(request),
        at=deps.now,
        by=request.by,
        why=request.why,
        source=request.source,
        note=request.note,
        results=plan.results,
        ship_to=order.snapshot.ship_to if ChangeAddress in kinds else None,
        customer={name: before[name] for name in ("name", "email", "phone") if before},
    )


def _ended(after: Order, why: str) -> tuple[OrderState, str]:
    """The state after the change and its event: nothing left is an order that is cancelled."""
    state, gone = after.state, cancelled_units(after)
    if any(line.units - gone.get(line.no, NO_UNITS) for line in after.snapshot.lines):
        return state, "change"
    ended = replace(state, cancel_reason=why)
    if state.status != RECEIVED:
        return ended, "change"
    return replace(ended, status=lifecycle.step(lifecycle.ORDER, RECEIVED, "cancel")), "cancel"


def _digest(request: ChangeRequest) -> str:
    return digest("order change", repr(request.operations))
