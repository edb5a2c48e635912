"""What count sessions are planned, counted and posted with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import CountSessions
from ..stocking.deps import Stocking


@dataclass(frozen=True, slots=True)
class Counting:
    sessions: CountSessions
    stocking: Stocking
    now: int
