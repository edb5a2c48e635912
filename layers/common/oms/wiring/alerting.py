"""What alerts about stock are raised with."""

from __future__ import annotations

from .. import wiring
from ..usecases.alerting.deps import Alerting
from .lazy import lazy


def alerting() -> Alerting:
    live = wiring.live()
    return Alerting(
        stock=live.stock.items,
        books=lazy(lambda: live.audit_books),
        paces=lazy(lambda: live.audit_books),
        config=live.config,
        levels=lazy(lambda: live.levels),
        cases=lazy(lambda: live.stock_cases),
        now=live.now(),
    )
