"""Stock on its way to a node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Supply:
    """Expected receipt of `quantity` at `node`; `eta` is the ISO date of its arrival.

    `confidence` is the percentage that may be promised; `receive_days` pass until it can be sold.
    """

    id: str
    sku: str
    node: str
    quantity: int
    eta: str
    confidence: int = 100
    receive_days: int = 0

    @property
    def sure(self) -> int:
        """Units that may be promised, rounded down."""
        return self.quantity * self.confidence // 100

    @property
    def ready(self) -> str:
        """The ISO date from which it can be sold."""
        if not self.receive_days:
            return self.eta
        return (date.fromisoformat(self.eta) + timedelta(days=self.receive_days)).isoformat()
