"""Files of stock lines in the inbox bucket: a drop becomes chunks, a chunk is booked."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, chunk_of_file, content, dropped_files, each_message
from oms.usecases.feeding.book_chunk import book_chunk
from oms.usecases.feeding.open_load import open_load
from oms.wiring.feeding import feeding


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, take, wiring.live().dead_letters)


def take(record: SQSRecord) -> None:
    """S3 tells of drops; chunks were queued by ourselves."""
    message = content(record)
    for drop in dropped_files(message):
        open_load(*drop, feeding())
    if chunk := chunk_of_file(message):
        book(*chunk)


def book(name: str, load: str, chunk: int) -> None:
    from oms.contracts.feed_file import feed_line

    book_chunk(name, load, chunk, feed_line, feeding())
