"""A file cut by bytes gives each line once, whole, in the chunk in which it starts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oms.domain.feeds.chunks import chunk_count, lines, span
from oms.domain.limits.feeds import (
    FEED_CHUNK_BYTES,
    FEED_FUNCTION_S,
    FEED_LINE_MS,
    FEED_PARALLEL,
    MAX_FEED_CHUNK_LINES,
    MAX_FEED_FILE_BYTES,
    MAX_FEED_LINE_BYTES,
)


def read(data: bytes) -> list[tuple[int, bytes, bool]]:
    """Every chunk's lines, each read as from S3: only its own bytes."""
    found = []
    for number in range(chunk_count(len(data))):
        first, end = span(number, len(data))
        found += [(line.at, line.text, line.whole) for line in lines(number, data[first:end])]
    return found


def whole(data: bytes) -> list[tuple[int, bytes, bool]]:
    found, at = [], 0
    for text in data.split(b"\n"):
        if text.strip():
            found.append((at, text[:MAX_FEED_LINE_BYTES], len(text) < MAX_FEED_LINE_BYTES))
        at += len(text) + 1
    return found


LENGTHS = st.lists(st.integers(0, MAX_FEED_LINE_BYTES + 5), min_size=1, max_size=60)


@given(LENGTHS, st.booleans())
def test_chunks_give_every_line_once(lengths: list[int], ends: bool) -> None:
    filling = 3 * FEED_CHUNK_BYTES // (sum(lengths) + 1) + 1
    data = b"\n".join(b"x" * length for length in lengths * filling) + b"\n" * ends
    assert read(data) == whole(data)


def test_a_line_that_starts_exactly_on_a_border_is_of_the_later_chunk() -> None:
    data = b"a" * 99 + b"\n"
    data = data * (FEED_CHUNK_BYTES // 100) + b"b" * (FEED_CHUNK_BYTES % 100 - 1) + b"\nlast"
    assert len(data) == FEED_CHUNK_BYTES + 4
    (line,) = lines(1, data[span(1, len(data))[0] :])
    assert (line.at, line.text) == (FEED_CHUNK_BYTES, b"last")


def test_windows_line_ends_and_blank_lines_are_no_content() -> None:
    assert [line.text for line in lines(0, b"a,b\r\n\r\n  \r\nc,d")] == [b"a,b", b"c,d"]


def test_half_a_million_lines_fit_the_limits_of_one_function() -> None:
    """By computation: what one run of the function gets of such a file, in bytes and in seconds."""
    line = b"SKU-000123,dc-lille,17,2026-11-24T20:00:00Z\n"
    size = 500_000 * len(line)
    assert size <= MAX_FEED_FILE_BYTES
    chunks = chunk_count(size)
    first, end = span(chunks // 2, size)
    longest_s = MAX_FEED_CHUNK_LINES * FEED_LINE_MS / FEED_PARALLEL / 1000
    assert (chunks, end - first) == (672, FEED_CHUNK_BYTES + MAX_FEED_LINE_BYTES + 1)
    assert longest_s * 10 < FEED_FUNCTION_S
    lines_a_chunk = -(-FEED_CHUNK_BYTES // len(line))
    assert lines_a_chunk < MAX_FEED_CHUNK_LINES
    assert chunk_count(MAX_FEED_FILE_BYTES) <= 99_999, "chunk numbers keep five digits"
    at_once = 10  # chunks, by the concurrency of the mapping
    rounds = -(-chunks // at_once)
    whole_s = rounds * lines_a_chunk * FEED_LINE_MS / FEED_PARALLEL / 1000
    assert whole_s < 120, "the whole file, ten chunks at a time, at 20 ms a line"
