"""What the use cases of returns work with."""

from __future__ import annotations

from .. import wiring
from ..usecases.returning.deps import Returning
from .lazy import lazy


def returning() -> Returning:
    live = wiring.live()
    return Returning(
        orders=live.orders,
        config=live.config,
        gateways=lazy(lambda: live.gateways),
        workflows=lazy(lambda: live.workflows),
        now=live.now(),
    )
