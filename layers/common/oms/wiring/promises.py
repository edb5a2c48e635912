"""What the watch over promises works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.watching.deps import Watching


def watching() -> Watching:
    made = wiring.live()
    return Watching(
        book=made.promises,
        lanes=made.lanes,
        orders=made.orders,
        config=made.config,
        now=made.now(),
    )
