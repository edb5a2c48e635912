"""Take what a channel says about its order: place it, or follow what changed.

Nothing is written that says "done" before all of it is: a death anywhere is healed by the same
message delivered again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from ...domain.errors import NotFound, TooLateToCancel
from ...domain.ids import order_id
from ...domain.model import fulfilment as fo
from ...domain.model.order import Hold, Order, OrderSnapshot
from ...domain.model.order_change import (
    CANCEL_UNITS,
    CHANGE_ADDRESS,
    REFUSED,
    CancelUnits,
    ChangeAddress,
    ChangeContact,
    Operation,
)
from ...domain.orders.channel_state import (
    ADDRESS,
    DELETED,
    EDITED,
    OF_THE_ADDRESS,
    ChannelState,
    Findings,
    Seen,
    findings,
    known,
)
from ...domain.orders.holds import ENTIRELY, code_of, has
from ...domain.timeline import Entry
from ..changing.apply_change import ChangeRequest, apply_change
from ..placing.place_order import Placed, place_order
from ..retrying import retrying
from ..serving.cancel_order import cancel_order
from .deps import FollowingChannels

# kind of the case of an order that its channel changed and we could not follow
CHANNEL_CASE = "CHANNEL"
CANCELLED_LATE = "CANCELLED_AFTER_SHIPMENT"


def take_state(state: ChannelState, deps: FollowingChannels) -> Placed | None:
    """The order as it was agreed, and whether this made it; None for one that ended before we
    heard of it and says nothing of what was in it. Raises ValidationFailed.
    """
    id = order_id(state.order.channel, state.order.external_id)
    stored = deps.orders.find(id)
    if stored is None and not state.order.lines:
        return None
    placed = Placed(stored, created=False) if stored else place_order(state.order, deps.placing)
    seen = deps.orders.channel_seen(id) if stored or not placed.created else Seen()
    if not known(state, seen):
        _follow(placed.snapshot, state, seen, deps)
        refunds = {**seen.refunds, **state.refunds}
        at = max(seen.at, state.at)
        now = replace(seen, at=at, digest=state.digest, refunds=refunds)
        deps.orders.save_channel_seen(id, now)
    return placed


def note_refunds(
    channel: str, external_id: str, refunds: dict[str, int], deps: FollowingChannels
) -> None:
    """Money that the channel gave back by itself. Raises NotFound while the order is not there:
    the channel sends it again.
    """
    id = order_id(channel, external_id)
    if deps.orders.find(id) is None:
        raise NotFound(f"there is no order {external_id} of channel {channel}")

    def attempt() -> None:
        seen = deps.orders.channel_seen(id)
        if not refunds.keys() <= seen.refunds.keys():
            after = replace(seen, refunds={**seen.refunds, **refunds})
            deps.orders.save_channel_seen(id, after)

    retrying(attempt)


def note_deleted(channel: str, external_id: str, deps: FollowingChannels) -> None:
    """The channel deleted its order: ours is kept, and what has not left is held."""
    id = order_id(channel, external_id)
    if deps.orders.find(id):
        _mark(id, Findings(doubts=(Hold("MANUAL", DELETED, ENTIRELY),)), _actor(channel), deps)


def _follow(
    snapshot: OrderSnapshot, state: ChannelState, seen: Seen, deps: FollowingChannels
) -> None:
    """Where it goes is written before the hold that waited for it ends."""
    order = deps.orders.get(snapshot.id)
    found = findings(order, state, seen)
    if found.cancel:
        _cancel(order, found.cancel, deps)
        return
    if found.moved or found.fewer:
        found = _change(order, state, found, deps)
    if found.released or found.doubts:
        _mark(order.id, found, _actor(snapshot.channel), deps)


def _change(
    order: Order, state: ChannelState, found: Findings, deps: FollowingChannels
) -> Findings:
    """What the channel changed, as one order change; what cannot be done is one more doubt."""
    channel = order.snapshot.channel
    operations: list[Operation] = [CancelUnits(no, n) for no, n in sorted(found.fewer.items())]
    if found.moved and state.order.ship_to:
        to = state.order.customer
        operations.append(ChangeAddress(state.order.ship_to))
        operations.append(ChangeContact(to.name or None, to.email or None, to.phone or None))
    request = ChangeRequest(
        order_id=order.id,
        operations=tuple(operations),
        key=state.digest,
        by=_actor(channel),
        why=EDITED,
        source=channel,
    )
    _, change = apply_change(request, deps.serving)
    refused = {each.operation for each in change.results if each.outcome == REFUSED}
    if CANCEL_UNITS in refused:
        found = replace(found, doubts=(*found.doubts, Hold("MANUAL", EDITED, ENTIRELY)))
    if CHANGE_ADDRESS in refused:  # a label was faster
        kept = tuple(hold for hold in found.released if code_of(hold) not in OF_THE_ADDRESS)
        doubt = Hold("ADDRESS", ADDRESS, ENTIRELY)
        found = replace(found, released=kept, doubts=(*found.doubts, doubt))
    return found


def _cancel(order: Order, reason: str, deps: FollowingChannels) -> None:
    """What has left is not undone: a person decides about it."""
    left = [part.number for part in order.parts if part.status in fo.HANDED_OVER]
    with suppress(TooLateToCancel):
        cancel_order(order.id, reason, actor=_actor(order.snapshot.channel), deps=deps.serving)
    if left:
        detail = {"reason": CANCELLED_LATE, "parts": left, "at": deps.now}
        deps.orders.open_case(order.id, CHANNEL_CASE, 0, detail)


def _mark(order_id: str, found: Findings, actor: str, deps: FollowingChannels) -> None:
    """Holds come and go in one write. The case is opened first: it is never missed."""

    def attempt() -> None:
        order = deps.orders.get(order_id)
        fresh = [hold for hold in found.doubts if not has(order.state.holds, code_of(hold))]
        kept = [hold for hold in order.state.holds if hold not in found.released]
        if fresh:
            detail = {"reason": code_of(fresh[0]), "at": deps.now}
            deps.orders.open_case(order_id, CHANNEL_CASE, 0, detail)
        if fresh or len(kept) < len(order.state.holds):
            event = "hold" if fresh else "release_hold"
            cause = ", ".join(code_of(hold) for hold in fresh or found.released)
            entry = Entry(order.state.version + 1, event, deps.now, actor, cause)
            following = replace(order.state, holds=(*kept, *fresh))
            deps.orders.save_state(order, following, entry, cause=cause)

    retrying(attempt)


def _actor(channel: str) -> str:
    return f"channel:{channel}"
