"""What people who work on cases need."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports.cases import Cases


@dataclass(frozen=True, slots=True)
class Casework:
    cases: Cases
    now: int
