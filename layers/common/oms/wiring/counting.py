"""What count sessions work with."""

from __future__ import annotations

from .. import wiring
from ..usecases.counting.deps import Counting
from .stocking import stocking


def counting() -> Counting:
    live = wiring.live()
    return Counting(
        sessions=live.count_sessions,
        stocking=stocking(),
        now=live.now(),
    )
