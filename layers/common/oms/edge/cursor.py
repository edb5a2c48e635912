"""Opaque cursors: where the next page starts, for the client a string without meaning."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from ..domain.errors import ValidationFailed

MAX_PAGE = 100


def encode(start: Mapping[str, Any] | None) -> str | None:
    if not start:
        return None
    return base64.urlsafe_b64encode(json.dumps(dict(start)).encode()).decode().rstrip("=")


def decode(cursor: str | None, *, must: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    """`must`: attributes the cursor has to carry, so that it cannot be moved to foreign data."""
    if not cursor:
        return None
    try:
        start = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        assert isinstance(start, dict)
        assert all(start.get(name) == value for name, value in (must or {}).items())
        assert all(isinstance(v, str | int) and not isinstance(v, bool) for v in start.values())
    except (ValueError, AssertionError, binascii.Error, UnicodeDecodeError) as error:
        wrong = {"/cursor": "not a cursor of this list"}
        raise ValidationFailed("the cursor is not valid", fields=wrong) from error
    return start


def limit_of(query: Mapping[str, str], default: int = 20) -> int:
    text = query.get("limit", str(default))
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text[:9]) <= MAX_PAGE:
        raise ValidationFailed(
            "the limit is not valid", fields={"/limit": f"a number from 1 to {MAX_PAGE}"}
        )
    return int(text)
