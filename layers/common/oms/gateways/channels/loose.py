"""Reading foreign JSON without trust: each function takes anything and never raises.

What cannot be read is None (numbers), "" (text) or empty (structures); the caller decides
whether that is a doubt about the order. Text loses what storage and labels choke on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ...domain.limits.orders import MAX_TEXT_LENGTH
from ...domain.model.money import MAX_MINOR, minor_of

_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control, surrogate, line and paragraph break
_MAX_DIGITS = 40
_MAX_COUNT = 10**9


def obj(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def at(value: object, *path: str) -> object:
    """`at(order, "proceeds", "grandTotal")`: None when any step is missing."""
    for step in path:
        value = obj(value).get(step)
    return value


def objs(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def text(value: object, limit: int = MAX_TEXT_LENGTH) -> str:
    """Printable, trimmed and cut at `limit`; integers (ids) become their digits."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**_MAX_DIGITS:
        return str(value)[:limit]
    if not isinstance(value, str):
        return ""
    head = value.lstrip()[: 2 * limit]
    shown = "".join(" " if unicodedata.category(c) in _FORBIDDEN else c for c in head)
    return shown.strip()[:limit].strip()


def first(*values: object, limit: int = MAX_TEXT_LENGTH) -> str:
    """The first that has text."""
    return next((found for value in values if (found := text(value, limit))), "")


def decimal(value: object) -> Decimal | None:
    """A finite number from a decimal text, an integer or a float's shortest text."""
    digits = text(repr(value) if isinstance(value, float) else value, _MAX_DIGITS + 1)
    if len(digits) > _MAX_DIGITS:
        return None
    try:
        found = Decimal(digits)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def minor(value: object, currency: str) -> int | None:
    """Minor units of a decimal amount, whatever its sign; None beyond MAX_MINOR."""
    found = decimal(value)
    if found is None or found.copy_abs() > MAX_MINOR:
        return None
    amount = minor_of(found, currency)
    return amount if abs(amount) <= MAX_MINOR else None


def total(values: list[object], currency: str) -> int:
    """Sum of the readable amounts."""
    return sum(minor(value, currency) or 0 for value in values)


def count(value: object) -> int | None:
    """A whole number, not negative."""
    found = decimal(value)
    if found is None or not 0 <= found < _MAX_COUNT or found != found.to_integral_value():
        return None
    return int(found)


def instant(value: object) -> datetime | None:
    """An ISO 8601 time; one without offset is UTC."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def epoch(value: object) -> int | None:
    """Epoch seconds of an ISO 8601 time in the years that clocks show."""
    found = instant(value)
    return int(found.timestamp()) if found and 1970 < found.year < 3000 else None
