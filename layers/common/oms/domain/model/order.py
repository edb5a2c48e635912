"""The order: an immutable snapshot of what was agreed, and the small state that moves.

Buckets are never stored: they follow from who holds which units (docs/architecture.md, idea 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ..limits.orders import EXCLUDE_FOR_S, MAX_ATTEMPTS
from ..states import OrderStatus
from ..timeline import Entry
from . import money, units
from .address import Address
from .customer import Customer
from .decision import DecisionRecord
from .demand import Demand, DemandLine
from .exclusions import Exclusion, exclusions
from .fulfilment import GAVE_BACK, FulfilmentOrder
from .order_change import OrderChange
from .payment import SUCCEEDED, Payment, PaymentMeans
from .plan import PlannedPart
from .promise import Promise, day_of
from .returns import Return
from .units import LineUnits, Units

RECEIVED: Final = "RECEIVED"
CONFIRMED: Final = "CONFIRMED"
IN_FULFILMENT: Final = "IN_FULFILMENT"
COMPLETED: Final = "COMPLETED"
CANCELLED: Final = "CANCELLED"
SCHEDULED = "SCHEDULED"  # kind of hold: work begins later, by the date that was agreed


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`total` is what the customer pays for the whole line: after discounts, with tax.

    `tax` is the part of `total` that is tax, `shipping` this line's share of the shipping
    charge (both line totals in minor units; the shares of all lines sum to the charge).
    """

    no: int
    sku: str
    quantity: int
    total: int
    tax: int = 0
    shipping: int = 0
    unit_price: int = 0
    discount: int = 0
    name: str = ""
    weight_g: int = 0
    external_id: str = ""
    release_at: str = ""  # ISO date of a pre-order: nothing leaves before
    category: str = ""
    hazmat: bool = False
    together: str = ""  # lines that name the same are sent from one node
    kit: str = ""  # SKU of the kit that it is a component of
    kit_line: int = 0  # number of the kit's line as it was sent; 0: sold by itself
    digital: str = ""  # GIFT_CARD, LICENCE_KEY, DOWNLOAD or SERVICE; "": it lies on a shelf
    final: bool = False  # customers do not return it
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def units(self) -> Units:
        return units.of(self.quantity)

    def amount_of(self, which: Units) -> int:
        """Frozen price of these units: goods, tax and shipping share, in minor units."""
        return self.goods_of(which) + self.shipping_of(which)

    def goods_of(self, which: Units) -> int:
        return sum(money.unit_share(self.total, self.quantity, unit) for unit in which)

    def shipping_of(self, which: Units) -> int:
        return sum(money.unit_share(self.shipping, self.quantity, unit) for unit in which)


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """Immutable since acceptance. `grand_total` = Σ line total + shipping."""

    id: str
    channel: str
    external_id: str
    placed_at: int
    currency: str
    customer: Customer
    lines: tuple[OrderLine, ...]
    grand_total: int
    shipping: int
    means: PaymentMeans
    method: str
    service: str = "standard"
    node: str = ""
    ship_to: Address | None = None
    promise: Promise | None = None
    planned: tuple[PlannedPart, ...] = ()
    waiting: LineUnits = field(default_factory=lambda: MappingProxyType({}))
    holds: tuple[Hold, ...] = ()
    fingerprint: str = ""
    strategy: str = ""
    max_attempts: int = MAX_ATTEMPTS  # sourcing rounds before a human decides
    exclude_for_s: int = EXCLUDE_FOR_S  # a node that refused a line is not asked for it again
    priority: int = 100  # of its waiting demand: lower is served first
    reservation: str = ""  # the cart whose stock it took over
    decision: DecisionRecord | None = None  # how `planned` came about
    day: str = ""  # ISO date of delivery that the shopper named
    number: str = ""  # that the customer knows, "" where it is the external id
    note: str = ""  # of the customer to who packs it
    gift_message: str = ""

    @property
    def known_as(self) -> str:
        """The number by which its customer knows it."""
        return self.number or self.external_id

    def line(self, no: int) -> OrderLine:
        return self.lines[no - 1]

    def goods(self, lines: LineUnits) -> dict[int, Units]:
        """Those of `lines` that lie on a shelf."""
        return {no: which for no, which in lines.items() if not self.line(no).digital}

    def digital(self, lines: LineUnits) -> dict[int, Units]:
        """Those of `lines` that nobody picks or carries."""
        return {no: which for no, which in lines.items() if self.line(no).digital}

    def amount_of(self, lines: LineUnits) -> int:
        return sum(self.line(no).amount_of(which) for no, which in lines.items())

    def per_sku(self, lines: LineUnits) -> dict[str, int]:
        found = dict.fromkeys((self.line(no).sku for no in lines), 0)
        for no, which in lines.items():
            found[self.line(no).sku] += len(which)
        return found


@dataclass(frozen=True, slots=True)
class Hold:
    """An overlay that blocks operations; never a status. `kind` as in the domain's hold types.

    `until` (epoch seconds): it ends by itself then; 0: somebody has to take it off.
    """

    kind: str
    reason: str
    blocks: frozenset[str] = frozenset({"ROUTE"})
    until: int = 0


@dataclass(frozen=True, slots=True)
class OrderState:
    """What moves. Version 0 is the state that was never written: just received."""

    version: int = 0
    status: OrderStatus = RECEIVED
    holds: tuple[Hold, ...] = ()
    planned: tuple[PlannedPart, ...] = ()
    waiting: LineUnits = field(default_factory=lambda: MappingProxyType({}))
    cancelled: LineUnits = field(default_factory=lambda: MappingProxyType({}))
    granted: int = 0  # sourcing rounds a human granted beyond the snapshot's `max_attempts`
    again_at: int = 0  # when a node that refused what waits may be asked again
    expected: Promise | None = None  # of what waits, once the promise for it has passed
    ship_to: Address | None = None  # the address since it was changed
    customer: Customer | None = None  # how to reach the customer since it was changed
    cancel_reason: str = ""  # set once cancellation was asked for the whole order
    timeline: tuple[Entry, ...] = ()

    def blocked(self, operation: str) -> bool:
        return any(operation in hold.blocks for hold in self.holds)


def initial_state(snapshot: OrderSnapshot) -> OrderState:
    """The state before anything was written: what the order was accepted with."""
    return OrderState(holds=snapshot.holds, planned=snapshot.planned, waiting=snapshot.waiting)


@dataclass(frozen=True, slots=True)
class Order:
    """Everything under one order's partition."""

    snapshot: OrderSnapshot
    state: OrderState
    parts: tuple[FulfilmentOrder, ...] = ()
    payments: tuple[Payment, ...] = ()
    returns: tuple[Return, ...] = ()
    messages: tuple[Mapping[str, object], ...] = ()
    cases: tuple[Mapping[str, object], ...] = ()
    later_decisions: tuple[DecisionRecord, ...] = ()
    channel_refunds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    changes: tuple[OrderChange, ...] = ()

    @property
    def decisions(self) -> tuple[DecisionRecord, ...]:
        return tuple(filter(None, (self.snapshot.decision, *self.later_decisions)))

    @property
    def next_decision(self) -> int:
        return max((each.number for each in self.decisions), default=0) + 1

    @property
    def id(self) -> str:
        return self.snapshot.id

    @property
    def planned(self) -> tuple[PlannedPart, ...]:
        """Planned parts that did not become a fulfilment order yet."""
        return tuple(p for p in self.state.planned if self.part(p.number) is None)

    def part(self, number: int) -> FulfilmentOrder | None:
        return next((part for part in self.parts if part.number == number), None)

    @property
    def open(self) -> dict[int, Units]:
        """Units nobody holds: neither a part, nor a plan, nor cancelled. Waiting units are open."""
        left = {line.no: line.units for line in self.snapshot.lines}
        held = [lines for part in self.parts for lines in (part.held, part.dropped)]
        planned = [each.lines for each in self.planned]
        for lines in (self.state.cancelled, *held, *planned):
            for no, which in lines.items():
                left[no] -= which
        return {no: which for no, which in left.items() if which}

    @property
    def attempts(self) -> int:
        """Sourcing rounds that failed: parts given back, and parts that came up short."""
        return sum(1 for part in self.parts if part.status in GAVE_BACK or part.missed)

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """Nodes that gave lines back or did not find them, the latest last."""
        for_s = self.snapshot.exclude_for_s
        return tuple(each for part in self.parts for each in exclusions(part, for_s))

    def refused_by(self, no: int, now: int = 0) -> frozenset[str]:
        """Nodes that are not asked for line `no` again at `now`; 0: that ever refused it."""
        return frozenset(e.node for e in self.exclusions if e.line == no and e.thru > now)

    @property
    def next_part(self) -> int:
        numbers = [part.number for part in self.parts]
        return max([*numbers, *(plan.number for plan in self.state.planned)], default=0) + 1

    def paid(self, part: int) -> bool:
        """Nothing is to be taken for this part: it was captured, or it is worth nothing."""
        found = self.part(part)
        free = found is not None and self.snapshot.amount_of(found.lines) == 0
        moves = [payment.captures.get(str(part)) for payment in self.payments]
        return free or any(move is not None and move.outcome == SUCCEEDED for move in moves)

    @property
    def payment(self) -> Payment | None:
        """The authorisation in use: the last one."""
        return self.payments[-1] if self.payments else None

    @property
    def promised(self) -> str:
        """The ISO date the order was promised for, "" when it was not."""
        return day_of(promise) if (promise := self.snapshot.promise) else ""

    def demand(self, lines: LineUnits, max_parts: int, now: int = 0) -> Demand:
        """The sourcing question for these open goods; at `now` some refusals may have ended."""
        snap, to = self.snapshot, self.snapshot.ship_to
        return Demand(
            lines=tuple(
                DemandLine(
                    line=no,
                    sku=snap.line(no).sku,
                    units=which,
                    weight_g=snap.line(no).weight_g,
                    excluded=self.refused_by(no, now),
                    release_at=snap.line(no).release_at,
                    value=snap.line(no).total // snap.line(no).quantity,
                    category=snap.line(no).category,
                    hazmat=snap.line(no).hazmat,
                    together=snap.line(no).together,
                )
                for no, which in sorted(lines.items())
                if not snap.line(no).digital
            ),
            country=to.country if to else "",
            lat=to.lat if to else "",
            lon=to.lon if to else "",
            method=snap.method,
            service=snap.service,
            node=snap.node,
            max_parts=max_parts,
            promised=self.promised,
            day=snap.day,
            channel=snap.channel,
            tier=snap.customer.tier,
            value=snap.grand_total,
            attempt=self.attempts + 1,
        )
