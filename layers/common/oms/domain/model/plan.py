"""What sourcing is asked and what it answers. Quoting and allocating use the same types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .network import PICKUP, SHIP, Node
from .services import SHIP_TO_STORE, STANDARD
from .units import Units

# line number → units of that line
LineUnits = Mapping[int, Units]
_NO_LINES: LineUnits = MappingProxyType({})
NO_PAGES: Mapping[str, int] = MappingProxyType({})  # SKU → page of its stock; absent: page 0


@dataclass(frozen=True, slots=True)
class DemandLine:
    """Open units of an order line; `excluded` are nodes that may not serve this line (again).

    `value` of one unit in minor units; lines that name the same group in `together` come from one
    node.
    """

    line: int
    sku: str
    units: Units
    weight_g: int = 0
    excluded: frozenset[str] = frozenset()
    release_at: str = ""  # ISO date before which it may not leave a node (pre-order)
    value: int = 0
    category: str = ""
    hazmat: bool = False
    together: str = ""
    kit: str = ""  # SKU of the kit that it is a component of


@dataclass(frozen=True, slots=True)
class Demand:
    lines: tuple[DemandLine, ...]
    country: str  # destination, ISO 3166-1 alpha-2
    lat: str = ""
    lon: str = ""
    method: str = SHIP
    service: str = STANDARD
    node: str = ""  # the store chosen for PICKUP
    max_parts: int = 5
    promised: str = ""  # ISO date promised before: what arrives later is late
    day: str = ""  # ISO date the shopper named: it arrives on that day and no other
    store: Node | None = None  # where the goods travel to before they are collected
    channel: str = ""
    tier: str = ""  # of the customer
    value: int = 0  # of the whole order, minor units
    attempt: int = 1  # sourcing round; 2 follows a first rejection

    @property
    def to_store(self) -> bool:
        """Collected at a store that the goods may have to travel to first."""
        return self.method == PICKUP and self.service == SHIP_TO_STORE

    @property
    def at_one_place(self) -> bool:
        """Collected from the stock of the store the customer chose."""
        return self.method == PICKUP and not self.to_store

    @property
    def not_before(self) -> str:
        """ISO date before which nothing of it may leave, "" when it may at once."""
        return max((line.release_at for line in self.lines), default="")

    def method_at(self, node: str) -> str:
        """What `node` has to be able to do: other nodes ship to the store of the customer."""
        return SHIP if self.to_store and node != self.node else self.method


@dataclass(frozen=True, slots=True)
class Promise:
    """A stored commitment. Times are ISO 8601 with offset, dates ISO.

    `ready_by`: when a pickup is ready; `deliver_by`: last day of delivery; `deliver_from`: the
    first one, where the carrier names a window;
    `cutoff`: order before this to keep it; `confidence`: HIGH or LOW;
    `source`: COMPUTED or EXTERNAL (a marketplace's promise always wins);
    `decision`: number of the order's decision that made it, 0 for none;
    `margin_days`: carrier working days it includes because its lane is late too often.
    """

    method: str
    service: str = "standard"
    ship_by: str = ""
    deliver_by: str = ""
    ready_by: str = ""
    cutoff: str = ""
    confidence: str = "HIGH"
    source: str = "COMPUTED"
    decision: int = 0
    deliver_from: str = ""
    margin_days: int = 0


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """Units of one order at one node by one method; becomes FO#n.

    `to` is the store these units travel to before they are collected there; "" when `node` hands
    them to the carrier or the customer itself. Their `promise` then has both: `ship_by` is when
    they leave `node`, `ready_by` when they lie ready at `to`.
    `day`: the ISO date of whose capacity it takes a place, "" at a node without one; of that
    day's places its strategy may take the first `places`.
    """

    number: int
    node: str
    lines: LineUnits
    promise: Promise | None = None
    to: str = ""
    pages: Mapping[str, int] = field(default_factory=lambda: NO_PAGES)
    day: str = ""
    places: int = 0


@dataclass(frozen=True, slots=True)
class Considered:
    """One node's standing in a decision: a fence's reason code, or its criteria values.

    `key` is what nodes are sorted by: the values in the strategy's order, banded, lower better.
    """

    node: str
    excluded: str = ""
    criteria: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    key: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a plan is as it is. `after`: the after-action for what it leaves unfilled, "" for none.

    `winner` and `runner_up` are sets of nodes; `lost_on` names the first comparison that the
    runner-up lost, with both values. `exact`: no choice is better by the strategy's comparison;
    else `bound` is a value of `measure` that no choice is below, and `value` is this choice's.
    `shadow`: version of the prices that criteria used, ABSENT when there were none, "" when no
    criterion asks. `uncounted`: criterion → ABSENT or STALE, where its signal was not there for
    every candidate or too old: what is missing counted as 0 (the reject rate as configured).
    """

    profile: str = ""
    version: int = 0
    strategy: str = ""
    after: str = ""
    relaxed_days: int = 0
    winner: tuple[str, ...] = ()
    runner_up: tuple[str, ...] = ()
    lost_on: str = ""
    winner_value: int = 0
    runner_up_value: int = 0
    exact: bool = True
    measure: str = ""
    value: int = 0
    bound: int = 0
    shadow: str = ""
    uncounted: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_DECISION = Decision()


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` cover what can be served; `unfilled` is the rest, nothing is lost between them."""

    parts: tuple[PlannedPart, ...]
    unfilled: LineUnits = field(default_factory=lambda: _NO_LINES)
    considered: tuple[Considered, ...] = ()
    how: str = ""  # SINGLE, MIN_SPLIT, BEST_SUBSET, GREEDY, PICKUP, NONE
    decision: Decision = NO_DECISION

    @property
    def left(self) -> int:
        """Units unfilled."""
        return sum(map(len, self.unfilled.values()))
