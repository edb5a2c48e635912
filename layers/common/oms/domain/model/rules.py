"""Sourcing rules: one version of what a merchant configured."""

from __future__ import annotations

from dataclasses import dataclass

from ..limits.orders import MAX_PARTS
from ..limits.sourcing import MAX_CANDIDATES
from .strategy import BY_LINE, BY_QUANTITY, COMMIT_PART, DISTANCE_BAND, Criterion, Limits, Strategy


@dataclass(frozen=True, slots=True)
class SourcingRules:
    """One version of a sourcing profile: its strategies. Version 0 is built in.

    A profile without strategies is one strategy, for all orders, of the fields after `version`.
    """

    profile: str = "default"
    version: int = 0
    criteria: tuple[str, ...] = ("lateness", "distance_band", "cost", "distance_km", "priority")
    max_parts: int = 5
    split_lines: bool = True
    max_candidates: int = MAX_CANDIDATES
    distance_bands_km: tuple[int, ...] = (50, 150, 500)
    strategies: tuple[Strategy, ...] = ()

    @property
    def most_parts(self) -> int:
        """Of an order; strategies may have lower limits of their own."""
        return MAX_PARTS if self.strategies else self.max_parts

    @property
    def chain(self) -> tuple[Strategy, ...]:
        """The strategies in the order they are tried."""
        if self.strategies:
            return tuple(sorted(self.strategies, key=lambda each: each.priority))
        bands = self.distance_bands_km
        only = Strategy(
            id="default",
            criteria=tuple(
                Criterion(name, bands if name == DISTANCE_BAND else ()) for name in self.criteria
            ),
            limits=Limits(
                max_parts=self.max_parts,
                line_split=BY_QUANTITY if self.split_lines else BY_LINE,
                candidates=self.max_candidates,
            ),
            on_partial=COMMIT_PART,
            on_none=COMMIT_PART,
        )
        return (only,)
