"""The node answers a cancel request: the goods stay, or they are too far gone."""

from __future__ import annotations

from contextlib import suppress

from ...domain.errors import NotFound
from ...domain.model.channel import Channel
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.orders.cancellation import CANCEL_ACCEPTED, CANCEL_REFUSED
from ...domain.preparing import deadlines, steps
from ...ports import Carrier, ConfigReader, Orders
from .command import PartCommand
from .deps import Preparing
from .move_part import move_part


def answer_cancel(command: PartCommand, *, agree: bool, deps: Preparing) -> FulfilmentOrder:
    """Agreed: the part is cancelled and its labels are void; its stock follows from the stream."""

    def step(part: FulfilmentOrder) -> steps.Step:
        if agree:
            return steps.agree_to_cancel(part)
        channel = channel_for(part, deps.orders, deps.config)
        return steps.refuse_to_cancel(
            part, deadlines.deadline_after_refusal(part, channel, deps.now)
        )

    answered = CANCEL_ACCEPTED if agree else CANCEL_REFUSED
    part = move_part(command, step, done=lambda part: part.request == answered, deps=deps)
    if agree:
        void_labels(part, deps.carrier)
    return part


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
