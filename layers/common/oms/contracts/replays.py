"""Replays of past orders: what is asked for, how far they are, what came of them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ..domain.limits.aws import MAX_FILE_NAME_LENGTH
from ..domain.limits.sourcing import MAX_REPLAY_DAYS
from ..domain.replaying.replay_job import DONE, ReplayJob
from ..domain.states import ReplayStatus
from .fields import Identifier
from .order_shown import instant
from .parse import Contract, View
from .steering import Number


class ReplayBody(Contract):
    """Version `version` of a profile's rules, a draft too, against the last `days` days, or against
    `file`: the key of a history in the inbox bucket, under replays/.
    """

    profile: Identifier = "default"
    version: Number
    days: Annotated[int, Field(ge=1, le=MAX_REPLAY_DAYS)] | None = None
    file: (
        Annotated[str, Field(pattern=r"^replays/[^\x00-\x1f]+$", max_length=MAX_FILE_NAME_LENGTH)]
        | None
    ) = None

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.days is None) == (self.file is None):
            raise ValueError("give either days or file")
        return self

    def to_domain(self, name: str) -> ReplayJob:
        return ReplayJob(name, self.profile, self.version, self.days or 0, self.file or "")


class FigureView(View):
    """`verdict`: 1 the rules are better, -1 worse, 0 the same."""

    name: str
    happened: str
    rules: str
    change: str
    verdict: int


class NodeLoad(View):
    """Shipments."""

    node: str
    happened: int
    rules: int


class ReplayResult(View):
    """`moved` orders of `orders` would go elsewhere; for `cut` more there was no time."""

    headline: str
    orders: int
    moved: int
    cut: int
    figures: list[FigureView]
    load: list[NodeLoad]


class ReplayView(View):
    """`done` of `total` orders; `step` says what is being done. `report`: a link to the HTML page
    with charts, for a quarter of an hour; ask again for another.
    """

    name: str
    status: ReplayStatus
    profile: str
    version: int
    days: int | None
    file: str | None
    asked_at: str = Field(description="ISO instant")
    step: str
    done: int
    total: int
    percent: int
    reason: str = Field(description="why it failed")
    result: ReplayResult | None
    report: str | None

    @classmethod
    def of(cls, job: ReplayJob, link: str | None) -> ReplayView:
        percent = 100 if job.status == DONE else job.done * 100 // job.total if job.total else 0
        return cls(
            name=job.name,
            status=job.status,
            profile=job.profile,
            version=job.number,
            days=job.days or None,
            file=job.file or None,
            asked_at=instant(job.at),
            step=job.step,
            done=job.done,
            total=job.total,
            percent=percent,
            reason=job.reason,
            result=_result(job) if job.result else None,
            report=link,
        )


def _result(job: ReplayJob) -> ReplayResult:
    load = [
        NodeLoad(node=node, happened=happened, rules=rules)
        for node, (happened, rules) in job.result["load"].items()
    ]
    return ReplayResult.model_validate({**job.result, "load": load})
