"""What files of stock lines are booked with."""

from __future__ import annotations

from .. import wiring
from ..ports import Loads
from ..usecases.feeding.deps import Feeding
from .lazy import lazy
from .stocking import stocking


def feeding() -> Feeding:
    live = wiring.live()
    return Feeding(
        inbox=live.inbox,
        loads=live.loads,
        queue=lazy(lambda: live.chunks),
        stocking=stocking(),
        now=live.now(),
    )


def loads() -> Loads:
    return wiring.live().loads
