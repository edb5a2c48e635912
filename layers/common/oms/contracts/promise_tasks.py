"""What the schedules ask of the function that watches promises."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ..domain.preparing.arrivals import GRACE_S
from ..domain.promising.punctuality import MarginTerms
from .parse import View


class PromiseTask(View):
    """`look`: at what was to be there by now, `grace_s` after the end of its day in UTC.

    `learn`: the margins of carrier lanes of which less than `target_percent` of at least
    `least_parcels` were on time in the last `back_days`.
    """

    model_config = ConfigDict(extra="forbid")

    task: Literal["look", "learn"]
    grace_s: int = Field(default=GRACE_S, ge=0, le=7 * 86_400)
    target_percent: int = Field(default=90, ge=0, le=100)
    least_parcels: int = Field(default=30, ge=1)
    margin_days: int = Field(default=1, ge=1, le=5)
    back_days: int = Field(default=90, ge=1, le=366)

    @property
    def terms(self) -> MarginTerms:
        return MarginTerms(self.target_percent, self.least_parcels, self.margin_days)
