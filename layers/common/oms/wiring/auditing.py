"""What the auditor works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.auditing.deps import Auditing
from .alerting import alerting
from .lazy import lazy


def auditing() -> Auditing:
    live = wiring.live()
    return Auditing(
        queue=lazy(lambda: live.lake_objects),
        lake=lazy(lambda: live.lake_objects),
        books=live.audit_books,
        orders=live.orders,
        reservations=live.reservations,
        stock=live.stock.items,
        cases=live.stock_cases,
        executions=lazy(lambda: live.executions),
        signals=lazy(lambda: live.signals),
        reports=lazy(lambda: live.reports),
        alerting=alerting(),
        now=live.now(),
    )


def audit_grace_s() -> int:
    """How long a difference may be a change under way."""
    return wiring.live().audit_grace_s
