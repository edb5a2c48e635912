"""Who delivers to the demo's nodes. The hasty one is believed in three of four units."""

from __future__ import annotations

from oms.domain.supplying.supplier import Supplier

RELIABLE, HASTY = "acme", "hasty"
SUPPLIERS = (
    Supplier(RELIABLE, "Acme Trading", confidence=100, receive_days=1),
    Supplier(HASTY, "Hasty Imports", confidence=75, receive_days=2),
)
