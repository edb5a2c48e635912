"""A postal address, and where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    line1: str
    city: str
    country: str  # ISO 3166-1 alpha-2
    postal_code: str = ""
    line2: str = ""
    region: str = ""
    phone: str = ""
    email: str = ""
    lat: str = ""  # decimal degrees as text: the domain keeps no floats in records
    lon: str = ""
