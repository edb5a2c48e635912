"""Tracking numbers: two letters of the carrier, 15 digits of the request, a check digit.

A function of the label request's id, so asking twice names one parcel. The check digit (Luhn)
catches every mistyped digit and nearly every swapped pair. An even count of digits lets
Code 128 pack them two in a symbol.
"""

from __future__ import annotations

import re
from hashlib import sha256

DIGITS = 15


def tracking_number(carrier: str, request_id: str, attempt: int = 0) -> str:
    """`attempt` above 0 gives another number where two requests met on one."""
    letters = re.sub("[^A-Z]", "", carrier.upper())
    digest = sha256(f"{carrier}/{request_id}/{attempt}".encode()).hexdigest()
    digits = str(int(digest, 16) % 10**DIGITS).zfill(DIGITS)
    return f"{letters:X<2}"[:2] + digits + check_digit(digits)


def check_digit(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
