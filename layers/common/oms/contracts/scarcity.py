"""What the schedule asks of the function that prices scarcity."""

from __future__ import annotations

from pydantic import Field

from ..domain.sourcing.forecast import Horizon
from .parse import View


class PricingTask(View):
    """Days of orders to look back on, and days to expect the same again."""

    back_days: int = Field(default=7, ge=1, le=31)
    ahead_days: int = Field(default=7, ge=1, le=366)

    @property
    def horizon(self) -> Horizon:
        return Horizon(self.back_days, self.ahead_days)
