"""What a supplier tells of a purchase order: that it is taken on, and what of it left."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from ..domain.limits.orders import MAX_LINES
from ..domain.limits.preparing import MAX_PACKAGES
from ..domain.model.fulfilment import Package
from .fields import RequiredText
from .staff_fields import Count, LineNo, Reasons
from .staff_step import StepBody, by_line


class AcknowledgeBody(StepBody):
    """`ship_by`: when the supplier expects to ship; left out, as promised."""

    ship_by: Annotated[date, Field(strict=False)] | None = None

    def arguments(self) -> dict[str, Any]:
        return {"ship_by": self.ship_by.isoformat() if self.ship_by else ""}


class ShippedNoticeBody(StepBody):
    """`tracking`: one number for each parcel. `shipped`: pieces that left by line number, all of
    a line that is not named; the rest is sourced anew, for its reason.
    """

    carrier: RequiredText
    tracking: Annotated[list[RequiredText], Field(max_length=MAX_PACKAGES)]
    shipped: Annotated[dict[LineNo, Count], Field(max_length=MAX_LINES)] = Field(
        default_factory=dict
    )
    reasons: Reasons = Field(default_factory=dict)

    def arguments(self) -> dict[str, Any]:
        numbered = enumerate(self.tracking, start=1)
        return {
            "packages": tuple(
                Package(no, 0, tracking=number, carrier=self.carrier) for no, number in numbered
            ),
            "shipped": by_line(self.shipped),
            "reasons": by_line(self.reasons),
        }
