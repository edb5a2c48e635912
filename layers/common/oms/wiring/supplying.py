"""What documents of goods on their way are made and moved with."""

from __future__ import annotations

from .. import wiring
from ..usecases.supplying.deps import Supplying


def supplying() -> Supplying:
    live = wiring.live()
    return Supplying(
        supplies=live.supplies,
        config=live.config,
        suppliers=live.config,
        now=live.now(),
    )
