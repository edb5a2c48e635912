"""A supplier that sends to the customer itself, in the words of a purchase order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from local.actors.staff import Crew, Part

Purchase = dict[str, Any]  # `PurchaseView` of docs/openapi.json


@dataclass(frozen=True, slots=True)
class DropShipper:
    """Whoever works for one supplier."""

    crew: Crew

    def see(self, order: str, part: int) -> Purchase:
        return dict(self.crew.api.get(f"/orders/{order}/parts/{part}/purchase-order"))

    def acknowledge(self, order: str, part: int, **body: object) -> Part:
        """`ship_by`: where it is later than promised."""
        return self.crew.do("acknowledge", order, part, **body)

    def ship(self, order: str, part: int, *tracking: str, **body: object) -> Part:
        """One parcel for each tracking number; `shipped`, `reasons` by line number."""
        told = {"carrier": "Corriere", "tracking": list(tracking), **body}
        return self.crew.do("shipped-notice", order, part, **told)
