"""Promise accuracy: what was promised against when it was there, for each part that got there.

Shipped parts count when the last parcel was delivered, by the carrier's time where it gave one;
pickups when they lay ready, digital parts when they were delivered. Days are those of UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ..consequences.consequence import Mark
from ..consequences.table import marked

DELIVER = "deliver"
KEPT, BROKEN = "KEPT", "BROKEN"


@dataclass(frozen=True, slots=True)
class MeasuredPromise:
    """`late_days` is below 0 for what came early."""

    promised: str
    late_days: int

    @property
    def outcome(self) -> str:
        return BROKEN if self.late_days > 0 else KEPT


def measured(event: str, part: Mapping[str, Any]) -> MeasuredPromise | None:
    """Of the part whose stored row this is: None while it is not there, or nothing was promised."""
    if event not in marked(Mark.ARRIVED):
        return None
    promise = part.get("promise", {})
    promised = part.get("promised") or promise.get("deliver_by") or promise.get("ready_by", "")[:10]
    if not promised:
        return None
    arrived = datetime.fromtimestamp(_arrived_at(event, part), UTC).date()
    return MeasuredPromise(promised, (arrived - date.fromisoformat(promised)).days)


def _arrived_at(event: str, part: Mapping[str, Any]) -> int:
    scans = [int(package.get("scan_at", 0)) for package in part.get("packages", ())]
    return max(scans, default=0) if event == DELIVER and any(scans) else int(part["last"]["at"])
