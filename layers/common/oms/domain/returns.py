"""Returns: custody of units coming back on one axis, money on the other (domain 3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .plan import LineUnits
from .timeline import Entry

APPROVED, RECEIVED, INSPECTED = "APPROVED", "RECEIVED", "INSPECTED"
PARTIALLY_RECEIVED, COMPLETED = "PARTIALLY_RECEIVED", "COMPLETED"
EXPIRED, CANCELLED = "EXPIRED", "CANCELLED"
RESTOCK, DESTROY, QUARANTINE = "RESTOCK", "DESTROY", "QUARANTINE"
DISPOSITIONS = (
    RESTOCK,
    "B_GRADE",
    "REFURBISH",
    "RETURN_TO_VENDOR",
    "LIQUIDATE",
    DESTROY,
    QUARANTINE,
)
_NONE: LineUnits = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Return:
    """Stored row RETURN#n. `advised ⊇ received ⊇ inspected` per line.

    `dispositions` says per line where the inspected units go; `amount` (minor units) is fixed
    at inspection from the frozen unit prices; `money` follows lifecycle.REFUND.
    """

    order_id: str
    number: int
    key: str  # the caller's idempotency key
    advised: LineUnits
    reasons: Mapping[int, str]
    status: str = APPROVED
    money: str = "NONE"
    received: LineUnits = field(default_factory=lambda: _NONE)
    accepted: LineUnits = field(default_factory=lambda: _NONE)
    dispositions: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    node: str = ""  # where the goods arrived
    amount: int = 0
    due: int | None = None
    requested_at: int = 0
    version: int = 0
    timeline: tuple[Entry, ...] = ()

    @property
    def open(self) -> bool:
        return self.status not in (COMPLETED, EXPIRED, CANCELLED)

    @property
    def held(self) -> LineUnits:
        """Units that may not be returned again: on their way, or here."""
        if self.status == CANCELLED:
            return {}
        return self.advised if self.status != EXPIRED else self.received
