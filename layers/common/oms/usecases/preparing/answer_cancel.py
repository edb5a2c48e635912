"""The node answers a cancel request: the goods stay, or they are too far gone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from ...domain.errors import NotFound
from ...domain.model import fulfilment as fo
from ...domain.model.channel import Channel
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.orders.cancellation import CANCEL_ACCEPTED, CANCEL_REFUSED, NOT_ASKED
from ...domain.preparing import deadlines, steps
from ...ports import Carrier, ConfigReader, Orders
from .command import PartCommand
from .deps import Preparing
from .move_part import move_part


def answer_cancel(command: PartCommand, *, agree: bool, deps: Preparing) -> FulfilmentOrder:
    """Agreed: the part is cancelled and its labels are void; its stock follows from the stream."""

    def step(part: FulfilmentOrder) -> steps.Step:
        if agree and not part.asked:
            return steps.agree_to_cancel(part)
        channel = channel_for(part, deps.orders, deps.config)
        due = deadlines.deadline_after_refusal(part, channel, deps.now)
        return steps.agree_to_cancel(part, due) if agree else steps.refuse_to_cancel(part, due)

    part = move_part(command, step, done=_answered(agree), deps=deps)
    if part.status == fo.CANCELLED:
        void_labels(part, deps.carrier)
    return part


def _answered(agree: bool) -> Callable[[FulfilmentOrder], bool]:
    """Whether the part has this answer: to some of its units, or to all."""
    if not agree:
        return lambda part: part.request == CANCEL_REFUSED
    return lambda part: (
        part.request == CANCEL_ACCEPTED
        or (part.request == NOT_ASKED and steps.last_event(part) == "amend")
    )


def void_labels(part: FulfilmentOrder, carrier: Carrier) -> None:
    """Harmless when repeated: a crash before it is healed by asking again."""
    for package in part.packages:
        if package.tracking:
            with suppress(NotFound):
                carrier.void_label(package.tracking)


def channel_for(part: FulfilmentOrder, orders: Orders, config: ConfigReader) -> Channel | None:
    """Read only where the part's deadlines depend on it."""
    if part.status not in deadlines.NEEDS_CHANNEL:
        return None
    return config.channel(orders.get(part.order_id).snapshot.channel)
