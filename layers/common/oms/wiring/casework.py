"""What people who work on cases need."""

from __future__ import annotations

from .. import wiring
from ..ports.cases import Cases
from ..usecases.casework.deps import Casework


def casework() -> Casework:
    live = wiring.live()
    return Casework(cases=live.cases, now=live.now())


def all_cases() -> Cases:
    """The list itself, for who goes on with what is in it."""
    found: Cases = wiring.live().cases
    return found
