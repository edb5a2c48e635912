"""What pricing scarcity and rating nodes works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.looking_ahead.deps import LookingAhead


def looking_ahead() -> LookingAhead:
    live = wiring.live()
    return LookingAhead(
        history=live.history,
        rejections=live.history,
        lake=live.lake,
        scarcity=live.scarcity,
        reports=live.reports,
        stock=live.stock.availability,
        config=live.config,
        now=live.now(),
    )
