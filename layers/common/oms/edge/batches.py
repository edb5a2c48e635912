"""Queue and stream batches: each record stands alone, a failed one does not fail the others.

A message that can never work (`Refused`) goes to its dead-letter queue at once with the reason; one
that failed (`Fault`, anything else) is reported back so that SQS delivers it again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from ..domain.errors import OmsError, Refused, ValidationFailed
from ..observability import count, fault, logger, measure

WRITTEN_AT = "ApproximateCreationDateTime"  # of a stream record: epoch seconds
LAG_WORTH_TELLING_S = 60


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    body: str
    attributes: Mapping[str, str]

    def json(self) -> Any:
        """Raises ValidationFailed: what is no JSON now will not be JSON next time."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ValidationFailed("the message is not valid JSON", fields={"": "JSON"}) from error


def each_message(
    event: Mapping[str, Any],
    handle: Callable[[Message], None],
    dead_letter: Callable[[Message, str], None],
) -> dict[str, Any]:
    """The partial batch response of an SQS event."""
    failures = []
    for record in event.get("Records", []):
        message = Message(record["messageId"], record["body"], _attributes(record))
        try:
            _one(message, handle, dead_letter)
        except Exception as error:
            fault(error, message_id=message.id)
            failures.append({"itemIdentifier": message.id})
    return {"batchItemFailures": failures}


def _attributes(record: Mapping[str, Any]) -> dict[str, str]:
    given = record.get("messageAttributes") or {}
    return {name: str(value.get("stringValue", "")) for name, value in given.items()}


def _one(
    message: Message,
    handle: Callable[[Message], None],
    dead_letter: Callable[[Message, str], None],
) -> None:
    try:
        handle(message)
    except Refused as error:
        count("MessagesRefused")
        logger.warning("message refused", extra={"message_id": message.id})
        dead_letter(message, reason(error))


def reason(error: OmsError) -> str:
    """One line for the dead-letter queue: what, why, which fields."""
    fields = "; ".join(f"{pointer}: {why}" for pointer, why in error.fields.items())
    return f"{type(error).__name__}: {error.detail}" + (f" ({fields})" if fields else "")


@dataclass(frozen=True, slots=True)
class Change:
    """One stream record: the item before and after, as plain values."""

    id: str  # sequence number
    pk: str
    sk: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    at: int = 0  # epoch seconds

    @property
    def event(self) -> str:
        """What happened, as the writer recorded it in `last`."""
        return str((self.new or {}).get("last", {}).get("k", ""))


def changes(
    event: Mapping[str, Any], from_wire: Callable[[Any], dict[str, Any]]
) -> Iterator[Change]:
    records = event.get("Records", [])
    _report_lag(records)
    for record in records:
        data = record["dynamodb"]
        keys = from_wire(data["Keys"])
        yield Change(
            id=data["SequenceNumber"],
            pk=keys["pk"],
            sk=keys["sk"],
            old=from_wire(data["OldImage"]) if data.get("OldImage") else None,
            new=from_wire(data["NewImage"]) if data.get("NewImage") else None,
            at=int(data.get(WRITTEN_AT, 0)),
        )


def _report_lag(records: Sequence[Mapping[str, Any]]) -> None:
    """Only of a follower that is behind: else each batch would write a line."""
    oldest = min((record["dynamodb"].get(WRITTEN_AT, inf) for record in records), default=inf)
    if (behind_s := time.time() - oldest) > LAG_WORTH_TELLING_S:
        measure("StreamLag", round(behind_s), "Seconds")


def each_change(found: Iterator[Change], follow: Callable[[Change], None]) -> dict[str, Any]:
    """Stop at the first failure and hand back from there: order matters within an item."""
    for change in found:
        try:
            follow(change)
        except Exception as error:
            fault(error, item=f"{change.pk}/{change.sk}", change=change.event)
            return {"batchItemFailures": [{"itemIdentifier": change.id}]}
    return {"batchItemFailures": []}
