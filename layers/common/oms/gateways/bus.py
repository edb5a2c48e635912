"""The event bus: EventBridge, in chunks it accepts, with every refused entry counted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from ..domain.errors import Fault
from ..domain.publishing.events import Event
from ..observability import count

SOURCE = "oms"
MAX_ENTRIES = 10
MAX_BYTES = 256 * 1024
TIME_BYTES = 14  # what EventBridge counts for the time of an entry


class EventBus:
    def __init__(self, client: Any, name: str) -> None:
        self.client = client
        self.name = name

    def put(self, events: Sequence[Event]) -> None:
        """Raises Fault when any was not taken; all of them may then be put again."""
        failed = sum(self._put(chunk) for chunk in chunks([self._entry(e) for e in events]))
        if failed:
            count("EventsRefused", failed)
            raise Fault(f"{failed} of {len(events)} events were not taken by the bus")

    def _put(self, entries: list[dict[str, Any]]) -> int:
        failed: int = self.client.put_events(Entries=entries)["FailedEntryCount"]
        return failed

    def _entry(self, event: Event) -> dict[str, Any]:
        return {
            "Source": SOURCE,
            "DetailType": event.type,
            "Detail": json.dumps(event.detail, separators=(",", ":")),
            "EventBusName": self.name,
            "Time": datetime.fromtimestamp(event.at, UTC),
        }


def chunks(entries: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """In order, at most MAX_ENTRIES and MAX_BYTES each."""
    chunk: list[dict[str, Any]] = []
    size = 0
    for entry in entries:
        bytes_ = size_of(entry)
        if chunk and (len(chunk) == MAX_ENTRIES or size + bytes_ > MAX_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(entry)
        size += bytes_
    if chunk:
        yield chunk


def size_of(entry: dict[str, Any]) -> int:
    texts = (entry["Source"], entry["DetailType"], entry["Detail"])
    return TIME_BYTES + sum(len(text.encode()) for text in texts)
