"""How promises were kept, as ops read it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from .fields import Identifier
from .parse import Contract

Lane = Annotated[str, StringConstraints(max_length=150, pattern=r"^[^|]*$")]
By = Literal["day", "channel", "method", "node", "lane"]


class AccuracyQuery(Contract):
    """Days promised, both included; the last 28 days unless said."""

    since: Annotated[date, Field(strict=False)] | None = None
    until: Annotated[date, Field(strict=False)] | None = None
    by: By = "channel"
    channel: Identifier | None = None
    method: Literal["SHIP", "PICKUP"] | None = None
    node: Identifier | None = None
    lane: Lane | None = None


class KeptView(BaseModel):
    """Parts that were promised and looked at; `late_days`: days late, below 0 early → parts."""

    parts: int
    on_time: int
    on_time_permille: int | None = Field(description="null while there are no parts")
    early: int
    late: int
    missing: int = Field(description="did not come by the day told at last, or were returned")
    late_days: dict[str, int] = Field(description='"-2": two days early, "0", "3": three late')


class AccuracyGroup(KeptView):
    name: str = Field(description='of `by`: "web", "dc-lille", "swift/standard/FR-DE" …')


class AccuracyView(BaseModel):
    since: str
    until: str
    by: str
    total: KeptView
    groups: list[AccuracyGroup]


class LaneView(BaseModel):
    """A lane that is late too often: its promises are `margin_days` longer."""

    lane: str = Field(description="carrier/service/origin-destination, countries")
    margin_days: int = Field(description="working days of the carrier")
    parcels: int
    on_time_permille: int = Field(description="by the day that their hand-over led to expect")


class LanesView(BaseModel):
    learned_at: str = Field(description="ISO instant, empty before the first time")
    lanes: list[LaneView]
