"""An order change: what was asked for after an order was placed, by whom, why, and its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from .address import Address

APPLIED: Final = "APPLIED"
REQUESTED: Final = "REQUESTED"
REFUSED: Final = "REFUSED"
CANCEL_UNITS: Final = "CANCEL_UNITS"
CHANGE_ADDRESS: Final = "CHANGE_ADDRESS"
CHANGE_CONTACT: Final = "CHANGE_CONTACT"


@dataclass(frozen=True, slots=True)
class CancelUnits:
    """`quantity` further units of a line are not wanted any more."""

    line: int
    quantity: int


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    ship_to: Address


@dataclass(frozen=True, slots=True)
class ChangeContact:
    """Whom to write to and to call; None: as before."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


Operation = CancelUnits | ChangeAddress | ChangeContact


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """One outcome of one operation. REQUESTED: the node of `part` answers. `units` of `line`."""

    operation: str
    outcome: str
    line: int = 0
    part: int = 0
    units: int = 0
    reason: str = ""  # why it is refused


@dataclass(frozen=True, slots=True)
class OrderChange:
    """Stored row CHANGE#n, written with what it changes. `key` is given once for each change;
    `asked` is the digest of its operations. `ship_to` and `customer`: what they were before.
    """

    number: int
    key: str
    asked: str
    at: int
    by: str
    why: str
    source: str = ""
    note: str = ""
    results: tuple[ChangeResult, ...] = ()
    ship_to: Address | None = None
    customer: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def outcome(self) -> str:
        """Of the whole: REQUESTED while a node has to answer, PARTIAL when some is refused."""
        words = {result.outcome for result in self.results}
        if REQUESTED in words:
            return REQUESTED
        return words.pop() if len(words) == 1 else "PARTIAL"
