"""Who delivers, and how far they are believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supplier:
    """`confidence`: percent of what they announce that may be promised; `receive_days`: from the
    arrival of their goods until these can be sold.
    """

    id: str
    name: str
    confidence: int = 100
    receive_days: int = 0
