"""Every minute: what fell due and nobody dealt with, and how many dead letters wait."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.sweeps import report, report_dead_letters
from oms.usecases.reserving.change_reservation import expire_reservations
from oms.usecases.sweeping.restart_ended import restart_ended
from oms.usecases.sweeping.sweep_due import sweep_due
from oms.wiring.rerouting import sweeping
from oms.wiring.reserving import reserving


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    due = sweep_due(deps=sweeping())
    carts = expire_reservations(reserving())
    live = wiring.live()
    begun = restart_ended(live.workflows, live.now())
    done = report([*due, *carts, *begun])
    report_dead_letters(live.dead_letter_queues.waiting())
    return done
