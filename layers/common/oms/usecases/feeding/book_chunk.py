"""One chunk of a file: read its bytes, book its lines, keep what was refused, count it once.

    lines booked ─► refused lines put beside ─► marker and counters ─► the last one gathers

A death anywhere is healed by running again: lines are booked once each, the rest is overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ...domain.errors import NotFound, Refused
from ...domain.feeds import chunks
from ...domain.feeds.chunks import ChunkLine
from ...domain.feeds.load import FeedLoad, error_key, finished, part_key, refused
from ...domain.limits.feeds import FEED_PARALLEL, MAX_FEED_ERRORS_BYTES, MAX_FEED_LINE_BYTES
from ...domain.stock_lifecycles import LoadStatus
from ..retrying import retrying
from ..stocking.book_feed import FeedLine, FeedOutcome, book_feed
from . import formats
from .deps import Feeding

TRIES = 5
MAX_REASON = 200  # characters
ToLine = Callable[[dict[str, Any]], FeedLine]  # raises ValidationFailed


@dataclass(frozen=True, slots=True)
class Refusal:
    line: ChunkLine
    reason: str


def book_chunk(name: str, id: str, chunk: int, to_line: ToLine, deps: Feeding) -> FeedLoad:
    """The load after it; refused when the file was replaced before it was booked."""
    loads = deps.loads
    load = loads.get(name, id)
    if load.status != LoadStatus.BOOKING:
        return load
    if not loads.noted(load, chunk):
        try:
            lines = _lines(load, chunk, deps)
        except NotFound as gone:
            loads.end(load, refused(load, gone.detail))
            return loads.get(name, id)
        tally, refusals = _booked(load, lines, to_line, deps)
        if refusals:
            deps.inbox.put(part_key(id, chunk), _part(load, refusals))
        retrying(lambda: loads.book(load, chunk, tally, deps.now), TRIES)
    after = loads.get(name, id)
    if after.complete:
        finish(after, deps)
    return after


def _lines(load: FeedLoad, chunk: int, deps: Feeding) -> list[ChunkLine]:
    first, end = chunks.span(chunk, load.size)
    found = list(chunks.lines(chunk, deps.inbox.read(load.name, first, end, etag=load.etag)))
    return found[1:] if load.format == formats.CSV and chunk == 0 else found


def _booked(
    load: FeedLoad, found: Sequence[ChunkLine], to_line: ToLine, deps: Feeding
) -> tuple[Counter[str], list[Refusal]]:
    asked: list[tuple[ChunkLine, FeedLine]] = []
    refusals: list[Refusal] = []
    for line in found:
        try:
            asked.append((line, to_line(_values(load, line))))
        except Refused as error:
            refusals.append(Refusal(line, _why(error)))
    tally = Counter({FeedOutcome.REFUSED.lower(): len(refusals)})
    results = book_feed([line for _, line in asked], f"file:{load.id}", deps.stocking)
    for (line, _), result in zip(asked, results, strict=True):
        tally[result.outcome.lower()] += 1
        if result.outcome == FeedOutcome.REFUSED:
            refusals.append(Refusal(line, result.reason))
    return tally, sorted(refusals, key=lambda refusal: refusal.line.at)


def _values(load: FeedLoad, line: ChunkLine) -> dict[str, Any]:
    if not line.whole:
        raise Refused(f"the line is longer than {MAX_FEED_LINE_BYTES} bytes")
    return formats.values(load.format, load.header, line.text)


def _why(error: Refused) -> str:
    named = [f"{pointer.removeprefix('/')}: {why}" for pointer, why in error.fields.items()]
    return ("; ".join(named) or error.detail)[:MAX_REASON]


def _part(load: FeedLoad, refusals: Sequence[Refusal]) -> str:
    return "".join(
        formats.with_reason(load.format, load.header, each.line.text, each.reason)
        for each in refusals
    )


def finish(load: FeedLoad, deps: Feeding) -> None:
    """Gather the refused lines into as few files as their size allows."""
    written: list[str] = []
    gathered: list[str] = []
    for part in _parts(load, deps.loads.with_errors(load), deps):
        if gathered and sum(map(len, gathered)) + len(part) > MAX_FEED_ERRORS_BYTES:
            written.append(_write(load, written, gathered, deps))
            gathered.clear()
        gathered.append(part)
    if gathered:
        written.append(_write(load, written, gathered, deps))
    deps.loads.end(load, finished(load, tuple(written)))


def _parts(load: FeedLoad, numbers: Sequence[int], deps: Feeding) -> Iterator[str]:
    """In order, a few at a time: all of the largest file's would be too long a wait one by one,
    and too much to keep at once.
    """

    def read(chunk: int) -> str:
        return deps.inbox.read(part_key(load.id, chunk), 0, MAX_FEED_ERRORS_BYTES).decode()

    with ThreadPoolExecutor(FEED_PARALLEL) as pool:
        for start in range(0, len(numbers), FEED_PARALLEL):
            yield from pool.map(read, numbers[start : start + FEED_PARALLEL])


def _write(load: FeedLoad, written: Sequence[str], parts: Sequence[str], deps: Feeding) -> str:
    key = error_key(load, len(written) + 1)
    deps.inbox.put(key, "".join([formats.error_header(load.format, load.header), *parts]))
    return key
