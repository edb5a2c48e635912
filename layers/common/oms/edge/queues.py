"""Queues, by Powertools' BatchProcessor: a message that failed does not fail the others.

A message that can never work (`Refused`) goes to its dead-letter queue at once with the reason; one
that failed (`Fault`, anything else) is reported back, so that SQS delivers it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord as SQSRecord

from ..domain.errors import OmsError, Refused, ValidationFailed
from ..observability import about, correlate, correlation_id, count, fault
from .observed import OK, line, one_of_many, order_id, well_formed

if TYPE_CHECKING:
    from ..contracts.bus_event import BusEvent

Take = Callable[[SQSRecord], str | None]  # answers the outcome, where it has a word for it
DeadLetters = Callable[[SQSRecord, str], None]
CORRELATION_ID = "correlation_id"  # attribute of a message


def from_queue(event: Mapping[str, Any]) -> bool:
    records = event.get("Records") or [{}]
    return bool(records[0].get("eventSource") == "aws:sqs")


def each_message(event: dict[str, Any], take: Take, dead_letters: DeadLetters) -> dict[str, Any]:
    def one(record: SQSRecord) -> None:
        given = well_formed(attributes(record).get(CORRELATION_ID))
        with one_of_many(given or record.message_id):
            _logged(record, take, dead_letters)

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return {**process_partial_response(event, one, processor)}


def _logged(record: SQSRecord, take: Take, dead_letters: DeadLetters) -> None:
    with line("message", message_id=record.message_id) as said:
        try:
            said["outcome"] = _taken(record, take, dead_letters)
        except Exception as error:
            fault(error, message_id=record.message_id)
            raise


def _taken(record: SQSRecord, take: Take, dead_letters: DeadLetters) -> str:
    try:
        return take(record) or OK
    except Refused as error:
        count("MessagesRefused")
        dead_letters(record, reason(error))
        return type(error).__name__


def reason(error: OmsError) -> str:
    """One line for the dead-letter queue: what, why, which fields."""
    fields = "; ".join(f"{pointer}: {why}" for pointer, why in error.fields.items())
    return f"{type(error).__name__}: {error.detail}" + (f" ({fields})" if fields else "")


# --- what messages hold --------------------------------------------------------------------------


def attributes(record: SQSRecord) -> dict[str, str]:
    """Of the message, those that are text."""
    given = record.get("messageAttributes") or {}
    return {name: str(value.get("stringValue", "")) for name, value in given.items()}


def content(record: SQSRecord) -> Any:
    """Raises ValidationFailed: what is no JSON now will not be JSON next time."""
    try:
        return record.json_body
    except (ValueError, RecursionError) as error:
        raise ValidationFailed("the message is not valid JSON", fields={"": "JSON"}) from error


def bus_event(record: SQSRecord) -> BusEvent:
    """An event of the bus. Its order and its correlation id are in all lines from here on."""
    from ..contracts.bus_event import BusEvent
    from ..contracts.parse import parse

    event = parse(BusEvent, content(record))
    correlate(well_formed(event.detail.correlation_id) or correlation_id())
    if order_id(event.detail.order_id):
        about(order_id=event.detail.order_id)
    return event


def dropped_files(message: Any) -> Iterator[tuple[str, str, int, str]]:
    """(name, etag, size, what tells this drop from another) of each file that S3 notifies of."""
    from aws_lambda_powertools.utilities.data_classes.s3_event import S3EventRecord

    records = message.get("Records", []) if isinstance(message, dict) else []
    for record in map(S3EventRecord, records):
        file = record.s3.get_object
        drop = file.get("sequencer") or record.get("eventTime") or ""
        yield unquote_plus(file.key), file.etag, int(file.get("size") or 0), drop


def chunk_of_file(message: Any) -> tuple[str, str, int] | None:
    """(name, load, chunk) of a message of our own; None for all others, S3's test message too."""
    if isinstance(message, dict) and {"name", "load", "chunk"} <= message.keys():
        return str(message["name"]), str(message["load"]), int(message["chunk"])
    return None
