"""Load, decide, commit again when another writer was faster: a bounded number of times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..domain.errors import LostRace

T = TypeVar("T")


def retrying(attempt: Callable[[], T], times: int = 3) -> T:
    """`attempt` starts by reading afresh. Raises LostRace when it lost every time."""
    for _ in range(times - 1):
        try:
            return attempt()
        except LostRace:
            continue
    return attempt()
