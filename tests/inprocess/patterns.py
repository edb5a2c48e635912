"""Event patterns as EventBridge rules and Lambda's filters have them, as far as ours go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Every field of the pattern is met; what the pattern does not name does not matter."""
    return all(
        matches(wanted, event.get(name) or {})
        if isinstance(wanted, Mapping)
        else name in event and any(_meets(each, event[name]) for each in wanted)
        for name, wanted in pattern.items()
    )


def _meets(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return bool(wanted == value)
    ((rule, given),) = wanted.items()
    if rule == "prefix":
        return str(value).startswith(given)
    assert rule == "anything-but", rule
    return value not in (given if isinstance(given, Sequence) else [given])
