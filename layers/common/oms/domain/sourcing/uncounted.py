"""Criteria that a decision compared by although their signal was not there, or too old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..model.signals import ABSENT, AGE, REJECTED, SOLD, Signals
from .candidate import Candidate
from .request import SourcingRequest
from .vocabulary import WEIGHTED_SUM

# criterion → the signal that it measures
RESTS_ON: Mapping[str, str] = {
    "sales_velocity": SOLD,
    "days_of_cover": SOLD,
    "markdown_risk": SOLD,  # how much will be left to mark down
    "ageing": AGE,
    "reject_rate": REJECTED,
}
_NOTHING: Mapping[str, str] = MappingProxyType({})


def uncounted(asked: SourcingRequest, candidates: Sequence[Candidate]) -> Mapping[str, str]:
    """Criterion → ABSENT or STALE; empty where all is known, and where no criterion asks."""
    names = {each.by for each in asked.strategy.criteria}
    for each in asked.strategy.criteria:
        if each.by == WEIGHTED_SUM:
            names |= set(each.weights)
    if names.isdisjoint(RESTS_ON):
        return _NOTHING
    signals = asked.network.signals
    states = {name: _state(RESTS_ON[name], signals, candidates) for name in names & RESTS_ON.keys()}
    return {name: state for name, state in sorted(states.items()) if state}


def _state(signal: str, signals: Signals, candidates: Sequence[Candidate]) -> str:
    if known := signals.states.get(signal, ""):
        return known
    if signal == REJECTED:
        return ABSENT if signals.rejected is None else ""
    told = signals.sold if signal == SOLD else signals.age
    held = ((sku, each.id) for each in candidates for sku in each.stock)
    return "" if all(at in told for at in held) else ABSENT
