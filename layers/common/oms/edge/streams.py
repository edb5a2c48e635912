"""Streams of tables, by Powertools' BatchProcessor: record by record, in order.

A failed record is handed back together with all that follow it: order matters within an item.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from math import inf
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import (
    DynamoDBRecord,
    DynamoDBStreamEvent,
)

from ..observability import about, fault, measure
from .observed import line, one_of_many

Item = dict[str, Any]
FromWire = Callable[[Any], Item]
ORDER_PK = "O#"
WRITTEN_AT = "ApproximateCreationDateTime"  # of a stream record: epoch seconds
LAG_WORTH_TELLING_S = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One stream record: the item before and after, as plain values."""

    id: str  # sequence number
    pk: str
    sk: str
    old: Item | None
    new: Item | None
    at: int = 0  # epoch seconds

    @property
    def event(self) -> str:
        """What happened, as the writer recorded it in `last`."""
        return str(self._last.get("k", ""))

    @property
    def correlation_id(self) -> str:
        """Of the request that it followed from; "" where the writer had none."""
        return str(self._last.get("c", ""))

    @property
    def order_id(self) -> str:
        """Of a row of an order, else ""."""
        return self.pk.removeprefix(ORDER_PK) if self.pk.startswith(ORDER_PK) else ""

    @property
    def _last(self) -> Mapping[str, Any]:
        last: Mapping[str, Any] = (self.new or {}).get("last") or {}
        return last


def changes(event: dict[str, Any], from_wire: FromWire) -> tuple[Change, ...]:
    _report_lag(event)
    return tuple(_change(record, from_wire) for record in DynamoDBStreamEvent(event).records)


def _change(record: DynamoDBRecord, from_wire: FromWire) -> Change:
    """`from_wire` reads images four times as fast as the data class (see ADR 0038)."""
    data = record.dynamodb
    assert data is not None
    raw = data.raw_event
    keys = from_wire(raw["Keys"])
    return Change(
        id=data.sequence_number or "",
        pk=keys["pk"],
        sk=keys["sk"],
        old=from_wire(raw["OldImage"]) if raw.get("OldImage") else None,
        new=from_wire(raw["NewImage"]) if raw.get("NewImage") else None,
        at=data.approximate_creation_date_time or 0,
    )


def _report_lag(event: dict[str, Any]) -> None:
    """Only of a follower that is behind: else each batch would write a line."""
    written = [record.get("dynamodb", {}).get(WRITTEN_AT, inf) for record in event["Records"]]
    if (behind_s := time.time() - min(written, default=inf)) > LAG_WORTH_TELLING_S:
        measure("StreamLag", round(behind_s), "Seconds")


class InOrder(BatchProcessor):
    """Stops at the first failure. Powertools goes on, as if records did not build on each other."""

    def process(self) -> list[tuple[Any, ...]]:
        done: list[tuple[Any, ...]] = []
        for record in self.records:
            done.append(self._process_record(record))
            if self.fail_messages:
                break
        return done


def each_change(
    event: dict[str, Any], from_wire: FromWire, follow: Callable[[Change], None]
) -> dict[str, Any]:
    def one(record: DynamoDBRecord) -> None:
        change = _change(record, from_wire)
        with one_of_many(change.correlation_id), _line(change):
            if change.order_id:
                about(order_id=change.order_id)
            try:
                follow(change)
            except Exception as error:
                fault(error, item=f"{change.pk}/{change.sk}", change=change.event)
                raise

    _report_lag(event)
    processor = InOrder(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    return {**process_partial_response(event, one, processor)}


def whole_batch(found: Sequence[Change], take: Callable[[Sequence[Change]], None]) -> None:
    """All or none: what `take` raises makes the stream deliver the batch again. The duration in
    the lines is that of the batch.
    """
    with ExitStack() as lines:
        for change in reversed(found):  # written in order: the last one entered ends first
            lines.enter_context(_line(change))
        take(found)


def _line(change: Change) -> AbstractContextManager[dict[str, Any]]:
    ids = {"order_id": change.order_id, "correlation_id": change.correlation_id}
    known = {name: id for name, id in ids.items() if id}
    return line("record", item=f"{change.pk}/{change.sk}", event=change.event, **known)


def last_of_each_partition(event: dict[str, Any]) -> dict[str, Any]:
    """The event, for a follower that looks at the whole partition whatever changed in it."""
    found: dict[str, Any] = {}
    for record in event["Records"]:
        pk = record["dynamodb"]["Keys"]["pk"]["S"]
        found.pop(
            pk, None
        )  # in the order of what is left, so that nothing before a failure is lost
        found[pk] = record
    return {**event, "Records": list(found.values())}
