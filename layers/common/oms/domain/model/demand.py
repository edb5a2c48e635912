"""What sourcing is asked: units of lines, where they go to, by which method."""

from __future__ import annotations

from dataclasses import dataclass

from .carriage import SHIP_TO_STORE, STANDARD
from .node import PICKUP, SHIP, Node
from .units import Units


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
    def piece_g(self) -> int:
        """Weight of the heaviest piece."""
        return max((line.weight_g for line in self.lines), default=0)

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
