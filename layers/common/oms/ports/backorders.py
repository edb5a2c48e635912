"""Counters of what is sold beyond stock, for products with a cap."""

from __future__ import annotations

from typing import Protocol


class Backorders(Protocol):
    """One counter for each SKU, with each order's share of it."""

    def take(self, sku: str, order_id: str, units: int, cap: int) -> bool:
        """Count the order's units; False when they would exceed the cap. Taken before: True."""

    def settle(self, sku: str, order_id: str, units: int) -> bool:
        """What of its units the order still waits for; False when nothing changed."""
