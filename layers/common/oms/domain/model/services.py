"""Service levels a shopper chooses, and which of the carriers' carries each."""

from __future__ import annotations

STANDARD, EXPRESS = "standard", "express"
NAMED_DAY = "named_day"  # SHIP: on the day the shopper named
SHIP_TO_STORE = "ship_to_store"  # PICKUP: from another node's stock, carried to the store
SERVICES = (STANDARD, EXPRESS, NAMED_DAY, SHIP_TO_STORE)
CARRIED_BY = {NAMED_DAY: STANDARD, SHIP_TO_STORE: STANDARD}


def level(service: str) -> str:
    """The service level to look for among the carriers'."""
    return CARRIED_BY.get(service, service)
