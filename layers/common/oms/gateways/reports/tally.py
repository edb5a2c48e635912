"""The figures of one side of a replay, added up order by order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ...domain.replaying.replay import ReplayedOrder


@dataclass(slots=True)
class ReplayTally:
    """Money in minor units. `by_day`: (node, ISO date of the order) → shipments."""

    orders: int = 0
    shipments: int = 0
    split: int = 0
    cost: int = 0
    priced: int = 0  # shipments that have a price
    km: int = 0
    measured: int = 0  # shipments that have a distance
    missing_units: int = 0
    short_orders: int = 0
    promised: int = 0
    kept: int = 0
    by_day: Counter[tuple[str, str]] = field(default_factory=Counter)
    parts: Counter[int] = field(default_factory=Counter)  # shipments of an order → orders

    def add(self, outcome: ReplayedOrder) -> None:
        count = len(outcome.shipments)
        self.orders += 1
        self.shipments += count
        self.split += count > 1
        self.parts[count] += 1
        self.missing_units += outcome.missing
        self.short_orders += outcome.missing > 0
        self.promised += outcome.kept is not None
        self.kept += outcome.kept is True
        day = datetime.fromtimestamp(outcome.order.at, UTC).date().isoformat()
        for each in outcome.shipments:
            self.by_day[each.node, day] += 1
            if each.cost is not None:
                self.cost += each.cost
                self.priced += 1
            if each.km is not None:
                self.km += each.km
                self.measured += 1

    @property
    def sent(self) -> int:
        """Orders of which at least something went out."""
        return self.orders - self.parts[0]

    @property
    def load(self) -> dict[str, int]:
        """Node → shipments."""
        found: Counter[str] = Counter()
        for (node, _), count in self.by_day.items():
            found[node] += count
        return dict(found)

    @property
    def peak(self) -> dict[str, int]:
        """Node → most shipments of one day."""
        found: dict[str, int] = {}
        for (node, _), count in self.by_day.items():
            found[node] = max(found.get(node, 0), count)
        return found
