"""Public holidays by country and subdivision, from the `holidays` library.

The library takes half a second to import and start, so it is imported when first asked: at
seeding and administration, or as the fallback for a calendar that is not stored.
"""

from __future__ import annotations

from functools import cache


def holiday_dates(calendar: str, years: tuple[int, ...]) -> frozenset[str] | None:
    """ISO dates of "DE" or "DE-BY" in these years; None for a calendar nobody knows."""
    found = [_of_year(calendar, year) for year in years]
    known = [dates for dates in found if dates is not None]
    return frozenset().union(*known) if known else None


@cache
def _of_year(calendar: str, year: int) -> frozenset[str] | None:
    from holidays import country_holidays

    country, _, subdivision = calendar.partition("-")
    try:
        found = country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        return None
    return frozenset(day.isoformat() for day in found)
