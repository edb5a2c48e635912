"""What a channel says about its order at one moment, and what of it is news to us.

Channels send the whole order again when anything of it changes, twice and out of order. So a
state is compared with the order as we have it, and each difference is one finding:

| the channel says                       | what follows                                          |
|----------------------------------------|-------------------------------------------------------|
| another address, or the whole of it    | the order goes there, until a label says where        |
| cancelled, or the buyer asks for it    | the order is cancelled as far as it can be            |
| paid, complete                         | the holds that waited for it are released             |
| not paid any more, shipped, gone       | a hold on what has not left, and a case               |
| fewer units, none of them gone yet     | they are cancelled, or their node is asked            |
| other lines, an address too late       | a hold on what has not left, and a case               |

A state that is older than the one taken last changes nothing. One that does not say when it was,
or is of the same second with other contents, counts for what never goes back: cancelled, paid,
complete. What else it says is a conflict for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ..ids import digest
from ..model import fulfilment as fo
from ..model.order import CANCELLED, Hold, Order
from ..model.units import NO_UNITS, Units
from .address_change import address_fixed
from .buckets import cancelled_units
from .holds import ENTIRELY, code_of, has
from .intake import NewOrder

# doubts that a later state of the channel answers by itself
ANSWERED = frozenset({"FINANCIAL_STATUS", "PENDING_AT_CHANNEL", "UNKNOWN_STATUS"})
LATER_DOUBTS = frozenset({"FINANCIAL_STATUS", "ALREADY_SHIPPED", "TEST_ORDER"})
INCOMPLETE = "INCOMPLETE_ADDRESS"
EDITED, ADDRESS, DELETED = "EDITED_AT_CHANNEL", "ADDRESS_CHANGED", "DELETED_AT_CHANNEL"
OF_THE_ADDRESS = frozenset({INCOMPLETE, ADDRESS})
CONFLICT = "CONFLICTING_STATES"
REMOVED = "REMOVED_AT_CHANNEL"  # why an order of which no line is left is cancelled
DIGEST_LENGTH = 26


@dataclass(frozen=True, slots=True)
class ChannelState:
    """`at`: epoch seconds, 0 when the channel does not say. `remaining`: units of each line, by the
    channel's id of it, that it still wants from us. `cancelled`: a reason, "" while it is not.
    """

    order: NewOrder
    at: int = 0
    cancelled: str = ""
    remaining: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    refunds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def digest(self) -> str:
        holds = [(hold.kind, hold.reason) for hold in self.order.holds]
        lines = sorted(self.remaining.items())
        said = (replace(self.order, holds=()), holds, self.cancelled, lines, sorted(self.refunds))
        return digest("channel state", repr(said), length=DIGEST_LENGTH)


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of the channel that was taken last; version 0: none. `refunds`: minor units that
    the channel gave back by itself, by its ids of them.
    """

    version: int = 0
    at: int = 0
    digest: str = ""
    refunds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Findings:
    """`cancel`: why the order is to be cancelled. `doubts` become holds on what has not left.
    `moved`: it goes to the address that the state names. `fewer`: units to cancel, by line.
    """

    cancel: str = ""
    moved: bool = False
    fewer: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    released: tuple[Hold, ...] = ()
    doubts: tuple[Hold, ...] = ()


NOTHING = Findings()


def known(state: ChannelState, seen: Seen) -> bool:
    """Taken before, or older than what was taken."""
    return state.digest == seen.digest or 0 < state.at < seen.at


def findings(order: Order, state: ChannelState, seen: Seen) -> Findings:
    """What of this state is news about an order that is there."""
    ended = order.state.status == CANCELLED or order.state.cancel_reason
    if known(state, seen) or (ended and not state.cancelled):
        return NOTHING
    if reason := state.cancelled or (REMOVED if nothing_left(order, state) else ""):
        return Findings(cancel=reason)
    later = seen.version == 0 or state.at > seen.at
    due = later or has(order.state.holds, INCOMPLETE)
    moved = due and address_differs(order, state) and may_move(order, state)
    to = state.order.ship_to if moved else order.snapshot.ship_to
    about = replace(order, snapshot=replace(order.snapshot, ship_to=to))
    agreed = due and says_where(state) and not address_differs(about, state)
    answered = ANSWERED | (OF_THE_ADDRESS if agreed else frozenset())
    codes = {code_of(hold) for hold in state.order.holds}
    released = tuple(
        hold
        for hold in order.state.holds
        if code_of(hold) in answered and code_of(hold) not in codes
    )
    doubts = tuple(_doubts(about, state)) if later else tuple(_conflicts(about, state))
    return Findings("", moved, fewer_units(order, state) if later else {}, released, doubts)


def nothing_left(order: Order, state: ChannelState) -> bool:
    """An edit took out every line before any of it left us; later the same figures are a refund."""
    ours = {line.external_id for line in order.snapshot.lines}
    none = ours <= state.remaining.keys() and not any(state.remaining.values())
    return none and not any(part.status in fo.HANDED_OVER for part in order.parts)


def may_move(order: Order, state: ChannelState) -> bool:
    to = state.order.ship_to
    return to is not None and not address_fixed(order, to.country)


def _doubts(order: Order, state: ChannelState) -> Iterator[Hold]:
    if not unsent(order):
        return
    for hold in state.order.holds:
        code = code_of(hold)
        if code in LATER_DOUBTS and not has(order.state.holds, code):
            yield Hold(hold.kind, hold.reason, ENTIRELY)
    yield from _differences(
        order, state, edited_lines(order, state) - fewer_units(order, state).keys()
    )


def _differences(order: Order, state: ChannelState, edited: Set[int]) -> Iterator[Hold]:
    if edited and not has(order.state.holds, EDITED):
        lines = ", ".join(str(no) for no in sorted(edited))
        yield Hold("MANUAL", f"{EDITED}: lines {lines}", ENTIRELY)
    if address_differs(order, state) and not has(order.state.holds, ADDRESS):
        yield Hold("ADDRESS", ADDRESS, ENTIRELY)


def _conflicts(order: Order, state: ChannelState) -> Iterator[Hold]:
    found = any(_differences(order, state, edited_lines(order, state)))
    if unsent(order) and found and not has(order.state.holds, CONFLICT):
        yield Hold("MANUAL", CONFLICT, ENTIRELY)


def edited_lines(order: Order, state: ChannelState) -> set[int]:
    """Numbers of lines of which the channel wants another quantity; 0: one that we do not know."""
    found = set()
    sent = {line.external_id: line.quantity for line in state.order.lines}
    ours = {line.external_id: line for line in order.snapshot.lines if line.external_id}
    for id, wanted in state.remaining.items():
        line = ours.get(id)
        if line is None:
            found |= {0} if wanted else set()
        elif line.kit:
            found |= {line.no} if wanted != sent.get(id) else set()
        else:
            live = wanted_here(order, line.no)
            fewer = wanted < len(live) and live > sent_units(order, line.no)
            found |= {line.no} if fewer or wanted > line.quantity else set()
    return found


def wanted_here(order: Order, no: int) -> Units:
    """Units of a line that are neither cancelled nor asked back from their node."""
    asked = (part.asked.get(no, NO_UNITS) for part in order.parts)
    return order.snapshot.line(no).units - cancelled_units(order).get(no, NO_UNITS).union(*asked)


def fewer_units(order: Order, state: ChannelState) -> dict[int, int]:
    """Line → units that the channel does not want any more, where that is all that it edited and
    nothing of these lines has left.
    """
    ours = {line.no: line for line in order.snapshot.lines}
    found = {}
    for no in edited_lines(order, state):
        line = ours.get(no)
        if line is None or line.kit or sent_units(order, no):
            return {}
        found[no] = len(wanted_here(order, no)) - state.remaining[line.external_id]
    return found if all(count > 0 for count in found.values()) else {}


def sent_units(order: Order, no: int) -> Units:
    """Those of a line that have left; what the channel wants less of them was only paid back."""
    parts = [part for part in order.parts if part.status in fo.HANDED_OVER]
    return frozenset().union(*(part.lines.get(no, NO_UNITS) for part in parts))


def says_where(state: ChannelState) -> bool:
    """The whole address; one that is withheld says nothing."""
    return state.order.ship_to is not None and not has(state.order.holds, INCOMPLETE)


def address_differs(order: Order, state: ChannelState) -> bool:
    """Where it goes, not whom to call; an address that is withheld says nothing."""
    before, now = order.snapshot.ship_to, state.order.ship_to
    if now is None or has(state.order.holds, INCOMPLETE):
        return False
    if before is None:
        return True
    fields = ("name", "line1", "line2", "city", "region", "postal_code", "country")
    return any(getattr(before, each) != getattr(now, each) for each in fields)


def unsent(order: Order) -> bool:
    """Something of it is still with us."""
    return bool(order.open or order.planned) or any(
        part.status not in fo.TERMINAL for part in order.parts
    )
