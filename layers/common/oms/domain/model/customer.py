"""Who an order is for, as its channel knows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    email: str = ""
    name: str = ""
    phone: str = ""
    locale: str = "en"
    tier: str = ""  # for sourcing rules
