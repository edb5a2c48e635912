"""What sourcing is asked and what it answers. Quoting and allocating use the same types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..units import Units
from .network import SHIP

# line number → units of that line
LineUnits = Mapping[int, Units]
_NO_LINES: LineUnits = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DemandLine:
    """Open units of an order line; `excluded` are nodes that may not serve this line (again)."""

    line: int
    sku: str
    units: Units
    weight_g: int = 0
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    lines: tuple[DemandLine, ...]
    country: str  # destination, ISO 3166-1 alpha-2
    lat: str = ""
    lon: str = ""
    method: str = SHIP
    service: str = "standard"
    node: str = ""  # the store chosen for PICKUP
    max_parts: int = 5
    promised: str = ""  # ISO date promised before: what arrives later is late


@dataclass(frozen=True, slots=True)
class Promise:
    """A stored commitment. Times are ISO 8601 with offset, dates ISO.

    `ready_by`: when a pickup is ready; `deliver_by`: last day of delivery;
    `cutoff`: order before this to keep it; `confidence`: HIGH or LOW;
    `source`: COMPUTED or EXTERNAL (a marketplace's promise always wins).
    """

    method: str
    service: str = "standard"
    ship_by: str = ""
    deliver_by: str = ""
    ready_by: str = ""
    cutoff: str = ""
    confidence: str = "HIGH"
    source: str = "COMPUTED"


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """Units of one order at one node by one method; becomes FO#n."""

    number: int
    node: str
    lines: LineUnits
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """One node's standing in a decision: a fence's reason code, or its criteria values."""

    node: str
    excluded: str = ""
    criteria: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` cover what can be served; `unfilled` is the rest, nothing is lost between them."""

    parts: tuple[PlannedPart, ...]
    unfilled: LineUnits = field(default_factory=lambda: _NO_LINES)
    considered: tuple[Considered, ...] = ()
    strategy: str = ""  # SINGLE, MIN_SPLIT, GREEDY, PICKUP, NONE
