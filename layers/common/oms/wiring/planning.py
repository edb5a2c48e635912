"""What stock planners read."""

from __future__ import annotations

from .. import wiring
from ..usecases.planning.deps import Planning
from .lazy import lazy


def planning() -> Planning:
    live = wiring.live()
    return Planning(
        stock=live.stock,
        books=lazy(lambda: live.audit_books),
        config=live.config,
        now=live.now(),
    )
