"""Every minute: what fell due and nobody dealt with, and how many dead letters wait."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.sweeps import report, report_dead_letters
from oms.usecases.preparing.sweep_due import sweep_due
from oms.usecases.reserving.change_reservation import expire_reservations
from oms.wiring.reserving import reserving


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    deps = wiring.live()
    now = deps.now()
    due = sweep_due(
        orders=deps.orders, config=deps.config, nodes=deps.nodes, stock=deps.stock, now=now
    )
    carts = expire_reservations(reserving())
    done = report([*due, *carts])
    report_dead_letters(deps.dead_letter_queues.waiting())
    return done
