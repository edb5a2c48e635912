"""Opaque cursors: where the next page starts, for the client a string without meaning."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from ..domain.errors import ValidationFailed

MAX_PAGE = 100
MAX_KEY_BYTES = 1024  # of a sort key in DynamoDB
MAX_INSTANT = 10**12  # epoch seconds


def encode(start: Mapping[str, Any] | None) -> str | None:
    if not start:
        return None
    return base64.urlsafe_b64encode(json.dumps(dict(start)).encode()).decode().rstrip("=")


def decode(cursor: str | None, *, index: str, of: str | None = None) -> dict[str, Any] | None:
    """`index`: the attribute the list is indexed by; `of`: its value, where the edge knows it,
    so that the cursor cannot be moved to foreign data.
    """
    if not cursor:
        return None
    try:
        start = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        assert isinstance(start, dict)
        assert set(start) == {"pk", "sk", "at", index}
        assert of is None or start[index] == of
        assert all(0 < len(start[name].encode()) <= MAX_KEY_BYTES for name in ("pk", "sk", index))
        assert type(start["at"]) is int
        assert 0 <= start["at"] < MAX_INSTANT
    except (ValueError, AttributeError, RecursionError, AssertionError) as error:
        wrong = {"/cursor": "not a cursor of this list"}
        raise ValidationFailed("the cursor is not valid", fields=wrong) from error
    return start
