"""Drops of stock files as people see them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from ..domain.feeds.load import FeedLoad
from ..domain.limits.aws import MAX_FILE_NAME_LENGTH
from .order_shown import instant
from .parse import Contract, View


class StockFileQuery(Contract):
    model_config = ConfigDict(extra="ignore")

    name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_FILE_NAME_LENGTH,
            description="key of the file in the bucket, as in stock/lille.csv",
        ),
    ]


class LoadView(View):
    """One drop: `status` is BOOKING, DONE, or REFUSED with its `reason`.

    Lines are counted by what became of them; `errors` are files in the bucket with the refused
    lines and why, to be corrected and dropped again.
    """

    id: str
    name: str
    at: str
    size: int
    status: str
    reason: str
    chunks: int
    chunks_done: int
    booked: int
    repeated: int
    stale: int
    refused: int
    errors: list[str]

    @classmethod
    def of(cls, load: FeedLoad) -> LoadView:
        return cls(
            id=load.id,
            name=load.name,
            at=instant(load.at),
            size=load.size,
            status=load.status,
            reason=load.reason,
            chunks=load.chunks,
            chunks_done=load.done,
            errors=list(load.errors),
            booked=load.tally.get("booked", 0),
            repeated=load.tally.get("repeated", 0),
            stale=load.tally.get("stale", 0),
            refused=load.tally.get("refused", 0),
        )


class LoadsView(View):
    """Every drop of a file of this name in the last 90 days, the latest first."""

    loads: list[LoadView]
