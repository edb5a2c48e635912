"""One drop of one file: what it is, how far its chunks are, what became of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ..ids import digest
from ..lifecycle import step
from ..stock_lifecycles import FEED_LOAD, LoadEvent, LoadStatus

OUTCOMES = ("booked", "repeated", "stale", "refused")


@dataclass(frozen=True, slots=True)
class FeedLoad:
    """Stored row. `id` is the drop's own: S3 tells of a drop twice, people drop a file twice.

    `chunks` and `done` count chunks, `tally` lines by outcome; `errors` are keys of files of
    refused lines; `reason` is why the whole file was refused.
    """

    id: str
    name: str
    etag: str
    size: int
    at: int
    format: str = ""
    header: tuple[str, ...] = ()
    chunks: int = 0
    done: int = 0
    tally: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    errors: tuple[str, ...] = ()
    status: LoadStatus = LoadStatus.BOOKING
    reason: str = ""

    @property
    def complete(self) -> bool:
        """Every chunk is booked: what is left is to gather what was refused."""
        return self.status == LoadStatus.BOOKING and self.done >= self.chunks


def load_id(name: str, etag: str, drop: str) -> str:
    """`drop` is S3's sequencer, or the time where there is none."""
    return digest("feed", name, etag, drop)


def finished(load: FeedLoad, errors: tuple[str, ...]) -> FeedLoad:
    """All is booked; `errors` are the files of refused lines."""
    return replace(load, status=step(FEED_LOAD, load.status, LoadEvent.FINISH), errors=errors)


def refused(load: FeedLoad, reason: str) -> FeedLoad:
    """The file as a whole cannot be read."""
    return replace(load, status=step(FEED_LOAD, load.status, LoadEvent.REFUSE), reason=reason)


def part_key(id: str, chunk: int) -> str:
    """Refused lines of one chunk."""
    return f"parts/{id}/{chunk:05d}"


def error_key(load: FeedLoad, number: int) -> str:
    """A file that can be corrected and dropped again, named for the one it came from."""
    plain = load.name.rpartition("/")[2].rpartition(".")[0]
    return f"errors/{load.id}/{plain}-refused-{number}.{load.format}"
