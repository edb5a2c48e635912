"""The fulfilment order (FO): units of one order that one node prepares by one method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .. import lifecycle
from ..consequences.consequence import Mark
from ..consequences.table import marked
from ..errors import ValidationFailed
from ..timeline import Entry
from . import units
from .node import DIGITAL
from .promise import Promise
from .stock_location import MAIN, NO_LOCATIONS, Locations, StockLocation
from .units import NO_UNITS, LineUnits, Units

ASSIGNED, ACCEPTED, PICKING, PICKED = "ASSIGNED", "ACCEPTED", "PICKING", "PICKED"
PACKED, READY_TO_SHIP, READY_FOR_PICKUP = "PACKED", "READY_TO_SHIP", "READY_FOR_PICKUP"
SHIPPED, DELIVERED, DELIVERY_FAILED = "SHIPPED", "DELIVERED", "DELIVERY_FAILED"
PICKED_UP, UNCOLLECTED, REJECTED = "PICKED_UP", "UNCOLLECTED", "REJECTED"
EXPIRED, CANCELLED, SUPERSEDED = "EXPIRED", "CANCELLED", "SUPERSEDED"
IN_TRANSFER, ARRIVED, OFFERED = "IN_TRANSFER", "ARRIVED", "OFFERED"
RETURNED_TO_SENDER = "RETURNED_TO_SENDER"

GAVE_BACK = frozenset({REJECTED, EXPIRED})  # its units are open again
LET_GO = GAVE_BACK | {SUPERSEDED}  # its units are open again, or in the parts that follow it
DEAD = LET_GO | {CANCELLED, UNCOLLECTED}  # nothing goes to the customer from here
HANDED_OVER = frozenset({SHIPPED, DELIVERED, DELIVERY_FAILED, PICKED_UP, RETURNED_TO_SENDER})
TERMINAL = DEAD | HANDED_OVER  # the node has nothing more to do
UNACCEPTED = frozenset({ASSIGNED, OFFERED})
PREPARED = frozenset(
    {PICKED, PACKED, ARRIVED, READY_TO_SHIP, READY_FOR_PICKUP}
)  # its units are staged

# Why a node cannot give the goods, and what that says about its stock (domain 3.4).
NOT_IN_STOCK, MISMATCH, DAMAGED, WORN = "NOT_IN_STOCK", "MISMATCH", "DAMAGED", "WORN"
NO_VARIANCE, NO_CAPACITY, TIMEOUT = "NO_VARIANCE", "NO_CAPACITY", "TIMEOUT"


@dataclass(frozen=True, slots=True)
class Package:
    """A closed carton; `label` is the document key of its PDF label once bought."""

    number: int
    weight_g: int
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    tracking: str = ""
    carrier: str = ""
    label: str = ""
    scan: str = ""  # last status from the carrier, and the carrier's time of it
    scan_at: int = 0
    sent_back: bool = False  # the carrier sends it back: what it reports since is of the way back


@dataclass(frozen=True, slots=True)
class FulfilmentOrder:
    """Stored row FO#n. `lines` are the units it holds, `short` what the last pick did not find,
    `lost` what earlier picks did not.

    `due` (epoch seconds) is when the sweep must look at it: acceptance, reminder, collection,
    answer to a cancel request.
    """

    order_id: str
    number: int
    node: str
    method: str
    lines: LineUnits
    skus: Mapping[int, str]
    status: str = ASSIGNED
    request: str = "NONE"
    due: int | None = None
    packages: tuple[Package, ...] = ()
    short: Mapping[int, Units] = field(default_factory=lambda: MappingProxyType({}))
    lost: Mapping[int, Units] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    code: str = ""  # what the customer shows to collect
    promise: Promise | None = None
    expected: Promise | None = None  # what it comes to now that `promise` cannot be kept
    promised: str = ""  # ISO date that the order was promised for
    expires: int | None = None  # when the time to accept is over, where `due` looks earlier
    tracking_status: str = ""  # the carrier's word, verbatim data
    flags: frozenset[str] = frozenset()
    assigned_at: int = 0
    review_s: int = 0  # while it is not accepted, it is re-evaluated this often
    risk_at: int = 0  # when its promise comes to be at risk, for a part that is re-evaluated
    to: str = ""  # the store where it is collected, for units that travel there first
    sent_from: str = ""  # the node that sent it there: since then the store's
    offered: tuple[str, ...] = ()  # nodes that may claim it; the first holds its stock until then
    ranked: tuple[str, ...] = ()  # all that may come to see it, best first
    offer_s: int = 0  # after which more of them do
    accept_s: int = 0  # the time to accept once it is nobody's offer any more
    successors: tuple[int, ...] = ()  # the parts that took its units over, when SUPERSEDED
    reminded: bool = False
    tries: int = 0  # wrong collection codes
    purchase: bool = False  # its node is a drop-shipper: it is a purchase order, see purchasing.py
    locations: Locations = field(default_factory=lambda: NO_LOCATIONS)  # where its claims are
    asked: LineUnits = field(default_factory=lambda: MappingProxyType({}))  # back; none: all of it
    dropped: LineUnits = field(default_factory=lambda: MappingProxyType({}))  # cancelled since
    day: str = ""  # ISO date on which it has a place in its node's capacity, "" for none
    holder_day: str = ""  # of an offer: the place of the node that holds its stock
    version: int = 0
    timeline: tuple[Entry, ...] = ()

    def location_of(self, sku: str) -> StockLocation:
        """Where its claim is now."""
        return MAIN if self.sent_from else self.locations.get(sku, MAIN)

    @property
    def held(self) -> LineUnits:
        return {} if self.status in LET_GO else self.lines

    @property
    def missed(self) -> LineUnits:
        """All units this node promised and did not find, whichever pick it was."""
        numbers = {*self.short, *self.lost}
        return {no: units_of(self.short, no) | units_of(self.lost, no) for no in numbers}

    @property
    def quantity(self) -> int:
        return sum(len(which) for which in self.lines.values())

    @property
    def by_sku(self) -> dict[str, int]:
        """Units per SKU: the size of its claim at the node, one claim per SKU."""
        found: dict[str, int] = {}
        for no, which in self.lines.items():
            found[self.skus[no]] = found.get(self.skus[no], 0) + len(which)
        return found

    @property
    def digital(self) -> bool:
        """Nobody picks or carries it: its place is no node, it has no claim and no slot."""
        return self.method == DIGITAL

    @property
    def actions(self) -> list[str]:
        """What may be done next, for the staff's screen."""
        digital = marked(Mark.DIGITAL_ONLY)
        if self.digital:
            return sorted((digital | {"cancel"}) & set(lifecycle.FULFILMENT[self.status]))
        method_only = {"label": "SHIP", "shelve": "PICKUP"}
        other = {"label", "shelve"} if self.travels else {"dispatch", "label_transfer"}
        other |= set() if self.purchase else {"drop_ship"}
        return sorted(
            event
            for event in lifecycle.FULFILMENT[self.status]
            if method_only.get(event, self.method) == self.method and event not in other | digital
        )

    @property
    def travels(self) -> bool:
        """It has yet to leave for the store."""
        return bool(self.to) and not self.sent_from

    @property
    def arrived(self) -> bool:
        return bool(self.sent_from) and self.status != IN_TRANSFER

    def moved(self, event: str, **changes: object) -> FulfilmentOrder:
        """After `event`; raises IllegalTransition when the table does not list it."""
        if event not in self.actions:
            lifecycle.step({self.status: dict.fromkeys(self.actions, "")}, self.status, event)
        following = lifecycle.FULFILMENT[self.status][event]
        return replace(self, status=following, **changes)  # type: ignore[arg-type]


def rejected(part: FulfilmentOrder, reasons: Mapping[int, str]) -> FulfilmentOrder:
    """The node gives the part back; lines without a reason of their own were fine."""
    _known(part, reasons, "reasons")
    every = {no: reasons.get(no, NO_VARIANCE) for no in part.lines}
    return part.moved("reject", reasons=every, due=None)


def _known(part: FulfilmentOrder, lines: Mapping[int, object], name: str) -> None:
    if unknown := set(lines) - set(part.lines):
        raise ValidationFailed(
            "lines that are not in this part",
            fields={f"/{name}/{no}": "not a line of this part" for no in sorted(unknown)},
        )


def picked(
    part: FulfilmentOrder, found: Mapping[int, int], reasons: Mapping[int, str]
) -> FulfilmentOrder:
    """The part after picking `found` pieces per line; the rest is short for its reason.

    Lines not named were found in full. Found units stay, short units leave the part and become
    open again. Nothing found at all is a rejection.
    """
    kept, short, why = divided(part, found, reasons, "picked")
    if not kept:
        return part.moved("reject", reasons=why, due=None)
    return part.moved("pick", lines=kept, short=short, reasons=why, due=None)


def divided(
    part: FulfilmentOrder, found: Mapping[int, int], reasons: Mapping[int, str], name: str
) -> tuple[dict[int, Units], dict[int, Units], dict[int, str]]:
    """The units that are there and those that are not, per line, and why; `name` is that of the
    field in which `found` was sent.
    """
    _known(part, found, name)
    kept: dict[int, Units] = {}
    short: dict[int, Units] = {}
    for no, which in part.lines.items():
        count = found.get(no, len(which))
        if not 0 <= count <= len(which):
            raise ValidationFailed(
                f"line {no}: {count} {name} of {len(which)}",
                fields={f"/{name}/{no}": f"between 0 and {len(which)}"},
            )
        kept[no] = units.first(which, count)
        short[no] = which - kept[no]
    missing = {no: which for no, which in short.items() if which}
    why = {no: reasons.get(no, NOT_IN_STOCK) for no in missing}
    return {no: which for no, which in kept.items() if which}, missing, why


def units_of(lines: LineUnits, no: int) -> Units:
    return lines.get(no, NO_UNITS)
