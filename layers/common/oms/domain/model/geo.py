"""Great-circle distance between positions given as decimal degrees in text."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius


def distance_km(lat: str, lon: str, other_lat: str, other_lon: str) -> int | None:
    """Whole kilometres (haversine), None when either position is unknown or no position."""
    start, end = position(lat, lon), position(other_lat, other_lon)
    if start is None or end is None:
        return None
    (a, b), (c, d) = (map(math.radians, start), map(math.radians, end))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half))))


def position(lat: str, lon: str) -> tuple[float, float] | None:
    """Degrees north and east, None unless both texts are numbers on the globe."""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return None
    on_globe = -90 <= north <= 90 and -180 <= east <= 180
    return (north, east) if on_globe else None
