"""Names of countries for the last line of an address, in English, as post offices read them.

From the table of ISO 3166 codes in the time zone database (public domain, package `tzdata`),
whose few unusual names are replaced here.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

USUAL = {
    "AS": "American Samoa",
    "CD": "DR Congo",
    "CG": "Congo",
    "GB": "United Kingdom",
    "KP": "North Korea",
    "KR": "South Korea",
    "MF": "Saint-Martin",
    "MM": "Myanmar",
    "SX": "Sint Maarten",
    "SZ": "Eswatini",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "WS": "Samoa",
    "XK": "Kosovo",
}


def country_name(code: str) -> str:
    """`code` itself where nobody knows it."""
    return USUAL.get(code) or _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    rows = (line.partition("\t") for line in table.splitlines() if not line.startswith("#"))
    return {code: name for code, _, name in rows}
