"""Wait for what happens elsewhere: look again until it is so, or say what was seen last."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from local.actors.api import NotThere

T = TypeVar("T")
WITHIN_S = 120.0  # far more than it takes: a busy machine is no failure
FIRST_PAUSE_S = 0.03
LONGEST_PAUSE_S = 0.3


class NotInTime(AssertionError):
    """It did not come to pass; the text tells what was seen last."""


def eventually(
    look: Callable[[], T],
    fits: Callable[[T], object] = bool,
    *,
    within_s: float = WITHIN_S,
    waiting_for: str = "it",
    describe: Callable[[T], object] = repr,
) -> T:
    """The first value of `look` that fits; 404 is "not yet". Raises NotInTime."""
    deadline, pause_s = time.monotonic() + within_s, FIRST_PAUSE_S
    while True:
        try:
            seen = look()
            if fits(seen):
                return seen
            last = describe(seen)
        except NotThere as absent:
            last = absent
        if time.monotonic() > deadline:
            raise NotInTime(f"waited {within_s:.0f} s for {waiting_for}; last: {last}")
        time.sleep(pause_s)
        pause_s = min(pause_s * 1.5, LONGEST_PAUSE_S)
