"""What a change does to an order: at once, by request, or not at all.

| units to cancel are …                   | outcome   | what happens                            |
|-----------------------------------------|-----------|-----------------------------------------|
| open, waiting for stock, planned        | APPLIED   | recorded in STATE, claims get smaller   |
| in a part that is ASSIGNED or OFFERED   | APPLIED   | the part and its claims get smaller     |
| in a part ACCEPTED, PICKING or PICKED   | REQUESTED | its node answers                        |
| in parcels, handed over, refused before | REFUSED   | nothing                                 |

They are taken in this order. An address changes at once as long as no parcel has a label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ..model import fulfilment as fo
from ..model import units
from ..model.fulfilment import FulfilmentOrder
from ..model.order import CANCELLED, COMPLETED, Order, OrderState
from ..model.order_change import (
    APPLIED,
    CANCEL_UNITS,
    CHANGE_ADDRESS,
    CHANGE_CONTACT,
    REFUSED,
    REQUESTED,
    CancelUnits,
    ChangeAddress,
    ChangeContact,
    ChangeResult,
    Operation,
)
from ..model.units import NO_UNITS, LineUnits, Units, minus, plus
from ..orders.address_change import address_fixed
from ..orders.cancellation import CANCEL_REQUESTED
from ..preparing.amending import amended, ask_back, may_amend, may_ask_back

Lines = dict[int, Units]


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """`order` as it is after the change, each part at the version that was read. `events`: of each
    part that changes, by its number.
    """

    order: Order
    ask_nodes: bool
    due: int
    events: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    results: tuple[ChangeResult, ...] = ()

    @property
    def changes(self) -> bool:
        return any(result.outcome != REFUSED for result in self.results)

    @property
    def parts(self) -> tuple[tuple[str, FulfilmentOrder], ...]:
        """(event, part after it) of each part that changes."""
        changed = [part for part in self.order.parts if part.number in self.events]
        return tuple((self.events[part.number], part) for part in changed)

    def answering(self, result: ChangeResult) -> ChangePlan:
        return replace(self, results=(*self.results, result))

    def with_state(self, state: OrderState) -> ChangePlan:
        return replace(self, order=replace(self.order, state=state))

    def with_part(self, event: str, after: FulfilmentOrder) -> ChangePlan:
        parts = tuple(after if p.number == after.number else p for p in self.order.parts)
        events = {**self.events, after.number: event}
        return replace(self, order=replace(self.order, parts=parts), events=events)


def plan_change(
    order: Order, operations: Sequence[Operation], *, ask_nodes: bool, due: int
) -> ChangePlan:
    """`ask_nodes`: whether nodes are asked for what they work on; else that is refused, as for a
    shopper. `due`: until when they answer. Lines have to exist.
    """
    draft = ChangePlan(order, ask_nodes, due)
    for each in operations:
        if isinstance(each, CancelUnits):
            draft = _cancel(draft, each)
        elif isinstance(each, ChangeAddress):
            draft = _move_to(draft, each)
        else:
            draft = _reach_by(draft, each)
    return draft


def _cancel(draft: ChangePlan, asked: CancelUnits) -> ChangePlan:
    no, state = asked.line, draft.order.state
    if state.status in (CANCELLED, COMPLETED) or state.cancel_reason:
        return draft.answering(_refused(asked, asked.quantity, "ORDER_ENDED"))
    free = _free(draft.order, no)
    taken = units.first(free, min(asked.quantity, len(free)))
    left = asked.quantity - len(taken)
    if taken:
        draft = draft.with_state(without_units(state, {no: taken}))
        draft = draft.answering(ChangeResult(CANCEL_UNITS, APPLIED, no, units=len(taken)))
    for part in sorted(draft.order.parts, key=_least_work_first):
        here = part.held.get(no, NO_UNITS) - part.asked.get(no, NO_UNITS)
        if count := min(left, len(here)):
            found = _from_part(draft, part, {no: here - units.first(here, len(here) - count)})
            left -= count if found else 0
            draft = found or draft
    return draft.answering(_refused(asked, left, _why_not(draft.order, no))) if left else draft


def _free(order: Order, no: int) -> Units:
    """Units of a line that no part holds and that were not cancelled."""
    held = [plan.lines.get(no, NO_UNITS) for plan in order.planned]
    return order.open.get(no, NO_UNITS).union(*held)


def _from_part(draft: ChangePlan, part: FulfilmentOrder, gone: Lines) -> ChangePlan | None:
    """The last units of a line go first: what is kept are its first ones. None: not from here."""
    [(no, which)] = gone.items()
    if may_amend(part, gone):
        event, after = amended(part, gone)
        outcome = APPLIED
    elif draft.ask_nodes and may_ask_back(part):
        event, after = ask_back(part, gone, draft.due)
        outcome = REQUESTED
    else:
        return None
    result = ChangeResult(CANCEL_UNITS, outcome, no, part.number, len(which))
    return draft.with_part(event, after).answering(result)


def _why_not(order: Order, no: int) -> str:
    """The nearest reason why no more units of a line can be cancelled."""
    holders = [part for part in order.parts if part.held.get(no)]
    if any(part.request == CANCEL_REQUESTED for part in holders):
        return "ASKED_BEFORE"
    if any(part.status not in fo.TERMINAL for part in holders):
        return "NODE_WORKS_ON_IT"
    return "HAS_LEFT" if any(p.status in fo.HANDED_OVER for p in holders) else "NOT_ORDERED"


def _move_to(draft: ChangePlan, asked: ChangeAddress) -> ChangePlan:
    if reason := address_fixed(draft.order, asked.ship_to.country):
        return draft.answering(ChangeResult(CHANGE_ADDRESS, REFUSED, reason=reason))
    after = draft.with_state(replace(draft.order.state, ship_to=asked.ship_to))
    return after.answering(ChangeResult(CHANGE_ADDRESS, APPLIED))


def _reach_by(draft: ChangePlan, asked: ChangeContact) -> ChangePlan:
    given = {"name": asked.name, "email": asked.email, "phone": asked.phone}
    said = {field: value for field, value in given.items() if value is not None}
    state = draft.order.state
    customer = replace(state.customer or draft.order.snapshot.customer, **said)
    after = draft.with_state(replace(state, customer=customer))
    return after.answering(ChangeResult(CHANGE_CONTACT, APPLIED))


def without_units(state: OrderState, gone: LineUnits) -> OrderState:
    """These units are cancelled: no plan holds them, and they do not wait."""
    plans = [replace(plan, lines=minus(plan.lines, gone)) for plan in state.planned]
    return replace(
        state,
        cancelled=plus(state.cancelled, gone),
        waiting=minus(state.waiting, gone),
        planned=tuple(plan for plan in plans if plan.lines),
    )


def _refused(asked: CancelUnits, left: int, reason: str) -> ChangeResult:
    return ChangeResult(CANCEL_UNITS, REFUSED, asked.line, units=left, reason=reason)


def _least_work_first(part: FulfilmentOrder) -> tuple[bool, bool, int]:
    return part.status not in fo.UNACCEPTED, part.status == fo.PICKED, -part.number
