"""Cancelling an order: what is decided at once, what a node is asked, what is too late.

| the units are …                         | outcome   | what happens                              |
|-----------------------------------------|-----------|-------------------------------------------|
| open, waiting for stock, planned        | CANCELLED | recorded in STATE, claims are released    |
| in a part that is ASSIGNED              | CANCELLED | the part is cancelled                     |
| in a part ACCEPTED … READY              | REQUESTED | the node is asked and answers by a date   |
| handed over, or the node refused before | REFUSED   | nothing                                   |
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .. import lifecycle
from ..errors import TooLateToCancel
from ..model import fulfilment as fo
from ..model import order as o
from ..model.fulfilment import FulfilmentOrder
from ..model.order import Order, OrderState
from ..model.units import NO_UNITS, LineUnits

CANCELLED, REQUESTED, REFUSED, PARTIAL = "CANCELLED", "REQUESTED", "REFUSED", "PARTIAL"
CANCEL_REQUESTED, CANCEL_ACCEPTED = "CANCEL_REQUESTED", "CANCEL_ACCEPTED"
NOT_ASKED, CANCEL_REFUSED = "NONE", "CANCEL_REFUSED"


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """`number` 0: units that no part holds."""

    number: int
    outcome: str
    units: int


def asked(order: Order, reason: str) -> tuple[OrderState, str] | None:
    """STATE after the request and the event that led there; None when it was asked before.

    Before anything was confirmed the order is cancelled at once; later its execution concludes
    it, once every part has ended. Raises TooLateToCancel when everything has left.
    """
    state = order.state
    if state.cancel_reason or state.status == o.CANCELLED:
        return None
    if not cancellable(order):
        raise TooLateToCancel("everything has left already", parts=_numbers(order))
    known = {part.number for part in order.parts}
    following = replace(
        state,
        cancel_reason=reason,
        planned=tuple(plan for plan in state.planned if plan.number in known),
        waiting={},
        cancelled=_with_remainder(order),
    )
    if state.status == o.RECEIVED:
        status = lifecycle.step(lifecycle.ORDER, state.status, "cancel")
        return replace(following, status=status), "cancel"
    return following, "request_cancel"


def cancellable(order: Order) -> bool:
    """Some unit is still here, or none ever left."""
    here = any(part.status not in fo.TERMINAL for part in order.parts)
    left = any(part.status in fo.HANDED_OVER for part in order.parts)
    return here or bool(order.open or order.planned) or not left


def worth_asking(order: Order) -> bool:
    """For a button: nothing was asked yet and something would come of it."""
    ended = order.state.status in (o.CANCELLED, o.COMPLETED)
    return not order.state.cancel_reason and not ended and cancellable(order)


def asked_of_part(part: FulfilmentOrder, due: int) -> tuple[FulfilmentOrder, str] | None:
    """The part after the request and the event; None when it has nothing (more) to do with it."""
    if part.status in fo.UNACCEPTED:
        return part.moved("cancel", due=None), "cancel"
    if part.status in fo.TERMINAL or (part.request != NOT_ASKED and not part.asked):
        return None
    request = CANCEL_REQUESTED  # also where it was asked for some units, whatever it answered
    return replace(part, request=request, asked={}, due=due), "request_cancel"


def outcomes(order: Order) -> tuple[PartOutcome, ...]:
    """How each part stands to the request."""
    parts = [part for part in order.parts if part.status not in fo.LET_GO]
    found = [PartOutcome(part.number, _outcome(part), part.quantity) for part in parts]
    held = sum(part.quantity for part in parts)
    rest = sum(line.quantity for line in order.snapshot.lines) - held
    return (PartOutcome(0, CANCELLED, rest), *found) if rest > 0 else tuple(found)


def overall(found: tuple[PartOutcome, ...]) -> str:
    """REQUESTED while an answer is missing; PARTIAL when some of it goes to the customer."""
    words = {each.outcome for each in found}
    if REQUESTED in words:
        return REQUESTED
    return words.pop() if len(words) == 1 else PARTIAL


def _outcome(part: FulfilmentOrder) -> str:
    if part.status in fo.DEAD or part.request == CANCEL_ACCEPTED:
        return CANCELLED
    if part.status in fo.HANDED_OVER or part.request == CANCEL_REFUSED:
        return REFUSED
    return REQUESTED


def _with_remainder(order: Order) -> LineUnits:
    """What was cancelled before, and all that no part holds."""
    found = dict(order.state.cancelled)
    for lines in (order.open, *(plan.lines for plan in order.planned)):
        for no, which in lines.items():
            found[no] = found.get(no, NO_UNITS) | which
    return found


def _numbers(order: Order) -> list[int]:
    return [part.number for part in order.parts if part.status in fo.HANDED_OVER]
