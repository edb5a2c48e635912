"""How promises were kept, as ops read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from ..domain.errors import ValidationFailed
from ..domain.promising.outcomes import AccuracyRequest, PromiseTally
from ..domain.promising.punctuality import Margin
from .fields import Identifier
from .parse import Contract, View

USUAL_DAYS, MOST_DAYS = 28, 92

Lane = Annotated[str, StringConstraints(max_length=150, pattern=r"^[^|]*$")]
By = Literal["day", "channel", "method", "node", "lane"]


class AccuracyQuery(Contract):
    """Days promised, both included; the last 28 days unless said."""

    since: Annotated[date, Field(strict=False)] | None = Field(
        None, description="First day promised, 28 days ago unless said"
    )
    until: Annotated[date, Field(strict=False)] | None = Field(
        None, description="Last day promised, today unless said"
    )
    by: By = Field("channel", description="What parts are grouped by")
    channel: Identifier | None = Field(None, description="Only this channel")
    method: Literal["SHIP", "PICKUP"] | None = Field(None, description="Only this method")
    node: Identifier | None = Field(None, description="Only this node")
    lane: Lane | None = Field(None, description="Only this carrier lane, as swift/standard/FR-DE")

    def to_domain(self, now: int) -> AccuracyRequest:
        """Raises ValidationFailed for a period that is none, or too long."""
        until = self.until or datetime.fromtimestamp(now, UTC).date()
        since = self.since or until - timedelta(days=USUAL_DAYS - 1)
        if not 0 <= (until - since).days < MOST_DAYS:
            wrong = {"/since": f"not after until, and at most {MOST_DAYS} days in all"}
            raise ValidationFailed("the period is not valid", fields=wrong)
        only = {name: getattr(self, name) or "" for name in ("channel", "method", "node", "lane")}
        return AccuracyRequest(since, until, self.by, only)


class KeptView(View):
    """Parts that were promised and looked at; `late_days`: days late, below 0 early → parts."""

    parts: int
    on_time: int
    on_time_permille: int | None = Field(description="null while there are no parts")
    early: int
    late: int
    missing: int = Field(description="did not come by the day told at last, or were returned")
    late_days: dict[str, int] = Field(description='"-2": two days early, "0", "3": three late')

    @staticmethod
    def facts(tally: PromiseTally) -> dict[str, Any]:
        days = dict(sorted(tally.days.items()))
        return {
            "parts": tally.parts,
            "on_time": tally.on_time,
            "on_time_permille": tally.on_time_permille,
            "early": sum(parts for late, parts in days.items() if late < 0),
            "late": sum(parts for late, parts in days.items() if late > 0),
            "missing": tally.missing,
            "late_days": {str(late): parts for late, parts in days.items()},
        }


class AccuracyGroup(KeptView):
    name: str = Field(description='of `by`: "web", "dc-lille", "swift/standard/FR-DE" …')


class AccuracyView(View):
    since: str
    until: str
    by: str
    total: KeptView
    groups: list[AccuracyGroup]

    @classmethod
    def of(
        cls, asked: AccuracyRequest, groups: Mapping[str, PromiseTally], total: PromiseTally
    ) -> AccuracyView:
        return cls(
            since=asked.since.isoformat(),
            until=asked.until.isoformat(),
            by=asked.by,
            total=KeptView(**KeptView.facts(total)),
            groups=[
                AccuracyGroup(name=name, **KeptView.facts(tally)) for name, tally in groups.items()
            ],
        )


class LaneView(View):
    """A lane that is late too often: its promises are `margin_days` longer."""

    lane: str = Field(description="carrier/service/origin-destination, countries")
    margin_days: int = Field(description="working days of the carrier")
    parcels: int
    on_time_permille: int = Field(description="by the day that their hand-over led to expect")


class LanesView(View):
    learned_at: str = Field(description="ISO instant, empty before the first time")
    lanes: list[LaneView]

    @classmethod
    def of(cls, at: int, margins: Mapping[str, Margin]) -> LanesView:
        lanes = [
            LaneView(
                lane=lane,
                margin_days=margin.days,
                parcels=margin.record.parcels,
                on_time_permille=margin.record.permille,
            )
            for lane, margin in sorted(margins.items())
        ]
        when = datetime.fromtimestamp(at, UTC).isoformat() if at else ""
        return cls(learned_at=when, lanes=lanes)
