"""Files of stock lines in the inbox bucket: a drop becomes chunks, a chunk is booked."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.queues import SQSRecord, chunk_of_file, content, dropped_files, each_message
from oms.usecases.feeding.book_chunk import book_chunk
from oms.usecases.feeding.open_load import open_load
from oms.usecases.stocking.feed_stock import Feeding


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_message(event, take, wiring.live().dead_letters)


def take(record: SQSRecord) -> None:
    """S3 tells of drops; chunks were queued by ourselves."""
    message = content(record)
    for name, etag, size, drop in dropped_files(message):
        live = wiring.live()
        open_load(
            name, etag, size, drop,
            inbox=live.inbox, loads=live.loads, queue=live.chunks, now=live.now(),
        )  # fmt: skip
    if chunk := chunk_of_file(message):
        book(*chunk)


def book(name: str, load: str, chunk: int) -> None:
    from oms.contracts.feed_file import feed_line

    live = wiring.live()
    feeding = Feeding(f"file:{load}", live.stock, live.feeds, live.config, live.now())
    book_chunk(
        name, load, chunk,
        to_line=feed_line, inbox=live.inbox, loads=live.loads, feeding=feeding,
    )  # fmt: skip
