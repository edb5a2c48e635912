"""Every minute: what fell due and nobody dealt with, and how many dead letters wait."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.sweeps import report, report_dead_letters
from oms.usecases.reserving.change_reservation import expire_reservations
from oms.usecases.sweeping.sweep_due import sweep_due
from oms.wiring.rerouting import sweeping
from oms.wiring.reserving import reserving


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    due = sweep_due(deps=sweeping())
    carts = expire_reservations(reserving())
    done = report([*due, *carts])
    report_dead_letters(wiring.live().dead_letter_queues.waiting())
    return done
