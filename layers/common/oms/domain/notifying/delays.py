"""When a customer has to hear that it takes longer: once for each new date.

What counts is the day the whole order is there. It is compared with the last day the customer
heard of: the promise, or the date of the last such message. Marketplaces tell their customers
themselves, unless a part is late at our nodes.
"""

from __future__ import annotations

from ..consequences.consequence import Mark
from ..consequences.table import types_marked
from ..model import fulfilment as fo
from ..model.order import Order
from ..model.promise import day_of

DELAYED = "DELAYED"


def day_to_announce(order: Order, event: str, number: int = 0) -> str:
    """The ISO date to tell; "" when what was told last still holds. `number`: of the part that the
    event is about.
    """
    promise, state = order.snapshot.promise, order.state
    part = order.part(number)
    ours = event in types_marked(Mark.OURS_TO_TELL) and not (part and part.status in fo.HANDED_OVER)
    foreign = promise is not None and promise.source == "EXTERNAL" and not ours
    if not order.promised or foreign or state.cancel_reason or state.status == "CANCELLED":
        return ""
    expected = expected_day(order)
    return expected if expected > announced_day(order) else ""


def expected_day(order: Order) -> str:
    """Of the last part that is still to come to the customer."""
    live = [part for part in order.parts if part.status not in fo.DEAD]
    days = [day_of(part.expected or part.promise) for part in live]
    days += [day_of(plan.promise) for plan in order.planned]
    if order.state.waiting:
        days.append(day_of(order.state.expected))
    return max(days, default="")


def announced_day(order: Order) -> str:
    sent_days = [str(row["epoch"]) for row in order.messages if row.get("epoch")]
    return max([order.promised, *sent_days])
