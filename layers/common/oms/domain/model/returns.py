"""Returns: custody of units coming back on one axis, money on the other (domain 3.7).

Each function answers the return after one event; what happened before changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

from .. import lifecycle
from ..errors import IllegalTransition, LimitExceeded, ValidationFailed
from ..limits.orders import MAX_RECEIPTS
from ..states import RefundEvent, RefundStatus, ReturnEvent, ReturnStatus
from ..timeline import Entry
from . import units
from .units import NO_UNITS, LineUnits

APPROVED: Final = "APPROVED"
PARTIALLY_RECEIVED: Final = "PARTIALLY_RECEIVED"
RECEIVED: Final = "RECEIVED"
INSPECTED: Final = "INSPECTED"
COMPLETED: Final = "COMPLETED"
EXPIRED: Final = "EXPIRED"
CANCELLED: Final = "CANCELLED"
ON_THE_WAY: frozenset[ReturnStatus] = frozenset({APPROVED, PARTIALLY_RECEIVED})  # more may arrive
CLOSED: frozenset[ReturnStatus] = frozenset({COMPLETED, EXPIRED, CANCELLED})
RESTOCK: Final = "RESTOCK"
DESTROY: Final = "DESTROY"
QUARANTINE: Final = "QUARANTINE"
Disposition = Literal[
    "RESTOCK",
    "B_GRADE",
    "REFURBISH",
    "RETURN_TO_VENDOR",
    "LIQUIDATE",
    "DESTROY",
    "QUARANTINE",
]
ReturnReason = Literal[
    "CHANGED_MIND",
    "DOES_NOT_FIT",
    "NOT_AS_DESCRIBED",
    "WRONG_ITEM",
    "DAMAGED",
    "DEFECTIVE",
    "LATE",
    "UNDELIVERABLE",
    "OTHER",
]
UNDELIVERABLE: Final = "UNDELIVERABLE"  # the carrier brought it back
_NONE: LineUnits = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """Units per line and why. `in_window`: the channel's return window counts."""

    key: str
    quantities: Mapping[int, int]
    reasons: Mapping[int, ReturnReason]
    in_window: bool = True
    counter: bool = False  # received and judged where it is asked for


@dataclass(frozen=True, slots=True)
class Receipt:
    """Units that arrived together at one node."""

    node: str
    lines: LineUnits


@dataclass(frozen=True, slots=True)
class ReturnArrival:
    """Units that have arrived at `node` so far per line. `strangers`: SKU → units that are not of
    the order.
    """

    node: str
    counts: Mapping[int, int]
    strangers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of the inspected units of a line: how many are accepted, and where those go."""

    accepted: int
    disposition: Disposition = QUARANTINE


@dataclass(frozen=True, slots=True)
class Inspection:
    """A verdict for each received line. `fee` (minor units) is kept back, at most what would be
    refunded.
    """

    node: str
    verdicts: Mapping[int, Verdict]
    fee: int = 0


@dataclass(frozen=True, slots=True)
class Return:
    """Stored row RETURN#n. `advised ⊇ received ⊇ accepted` per line.

    `dispositions` says per line where the accepted units go; units that were not accepted stay
    in quarantine. `amount` (minor units) is known at inspection and final once it was requested
    from the provider; `fee` is what it was reduced by. `money` follows lifecycle.REFUND: NONE
    until inspection, and after it when there is nothing to pay.
    """

    order_id: str
    number: int
    key: str  # the caller's idempotency key
    advised: LineUnits
    reasons: Mapping[int, ReturnReason]
    status: ReturnStatus = APPROVED
    money: RefundStatus = "NONE"
    receipts: tuple[Receipt, ...] = ()
    accepted: LineUnits = field(default_factory=lambda: _NONE)
    dispositions: Mapping[int, Disposition] = field(default_factory=lambda: MappingProxyType({}))
    amount: int = 0
    fee: int = 0
    due: int | None = None
    requested_at: int = 0
    counter: bool = False  # across a store's counter: its customer stood there
    version: int = 0
    timeline: tuple[Entry, ...] = ()

    @property
    def open(self) -> bool:
        return self.status not in CLOSED

    @property
    def unasked(self) -> bool:
        """No customer sends it: the carrier brought it back."""
        return UNDELIVERABLE in self.reasons.values()

    @property
    def received(self) -> dict[int, units.Units]:
        return merged_lines(receipt.lines for receipt in self.receipts)

    @property
    def node(self) -> str:
        """Where the goods arrived, the last of them."""
        return self.receipts[-1].node if self.receipts else ""

    @property
    def held(self) -> LineUnits:
        """Units that no other return may name: on their way, or here."""
        if self.status == CANCELLED:
            return {}
        return self.advised if self.status in ON_THE_WAY else self.received

    @property
    def actions(self) -> list[str]:
        """What people may do next."""
        asked = {"receive", "inspect", "cancel"}
        return sorted(asked & set(lifecycle.RETURN[self.status]))

    def moved(self, event: ReturnEvent, **changes: object) -> Return:
        """After `event`; raises IllegalTransition when the table does not list it."""
        following = lifecycle.step(lifecycle.RETURN, self.status, event)
        return replace(self, status=following, **changes)  # type: ignore[arg-type]

    def paid(self, *events: RefundEvent, **changes: object) -> Return:
        """After the money events, in this order."""
        money = self.money
        for event in events:
            money = lifecycle.step(lifecycle.REFUND, money, event)
        return replace(self, money=money, **changes)  # type: ignore[arg-type]


def return_row(number: int) -> str:
    """The return's name among its order's rows: its waiting execution is filed under it."""
    return "#".join(("RETURN", f"{number:02d}"))


def return_execution(order_id: str, number: int) -> str:
    """Name of the return's execution: starting it twice is starting it once."""
    return f"{order_id}-R{number}"


def merged_lines(many: Iterable[LineUnits]) -> dict[int, units.Units]:
    found: dict[int, units.Units] = {}
    for lines in many:
        for no, which in lines.items():
            found[no] = found.get(no, NO_UNITS) | which
    return found


def arrived(ret: Return, node: str, counts: Mapping[int, int]) -> tuple[ReturnEvent, Return] | None:
    """`counts`: units that arrived so far per line, so that saying it twice is saying it once.

    None when nothing is new. Units beyond the advised ones are `surplus`, not part of it.
    """
    got, fresh = ret.received, {}
    for no, which in ret.advised.items():
        here = got.get(no, NO_UNITS)
        more = min(counts.get(no, 0), len(which)) - len(here)
        if more > 0:
            fresh[no] = units.first(which - here, more)
    if not fresh:
        return None
    if len(ret.receipts) == MAX_RECEIPTS:
        raise LimitExceeded(f"a return arrives in at most {MAX_RECEIPTS} parcels")
    receipts = (*ret.receipts, Receipt(node, fresh))
    whole = merged_lines([got, fresh]) == dict(ret.advised)
    event: ReturnEvent = "receive" if whole else "receive_part"
    return event, ret.moved(event, receipts=receipts, due=None if whole else ret.due)


def surplus(ret: Return, counts: Mapping[int, int]) -> dict[int, int]:
    """Units per line that nobody announced: a wrong or an extra item."""
    extra = {no: count - len(ret.advised.get(no, NO_UNITS)) for no, count in counts.items()}
    return {no: count for no, count in extra.items() if count > 0}


def inspected(ret: Return, verdicts: Mapping[int, Verdict], fee: int) -> Return | None:
    """The return with every received line judged; None when it was judged just so before."""
    accepted = _accepted(ret, verdicts)
    going = {no: verdicts[no].disposition for no in accepted}
    same = (dict(ret.accepted), dict(ret.dispositions), ret.fee) == (accepted, going, fee)
    if ret.status in (INSPECTED, COMPLETED) and same:
        return None
    return ret.moved("inspect", accepted=accepted, dispositions=going, fee=fee, due=None)


def _accepted(ret: Return, verdicts: Mapping[int, Verdict]) -> dict[int, units.Units]:
    got = ret.received
    if not got:
        raise IllegalTransition(f"nothing of return {ret.number} has arrived", state=ret.status)
    wrong = {
        f"/lines/{index}": f"of line {no} between 0 and {len(got.get(no, NO_UNITS))} units"
        for index, (no, verdict) in enumerate(verdicts.items())
        if not 0 <= verdict.accepted <= len(got.get(no, NO_UNITS)) or no not in got
    }
    if missing := sorted(set(got) - set(verdicts)):
        wrong["/lines"] = f"received, and not judged: {missing}"
    if wrong:
        raise ValidationFailed("the inspection does not fit what was received", fields=wrong)
    chosen = {no: units.first(which, verdicts[no].accepted) for no, which in got.items()}
    return {no: which for no, which in chosen.items() if which}


def expired(ret: Return, now: int) -> Return | None:
    """Past its date: what never came is over, what came goes on. None when it is not due."""
    if ret.status not in ON_THE_WAY or ret.due is None or ret.due > now:
        return None
    return ret.moved("expire", due=None)
