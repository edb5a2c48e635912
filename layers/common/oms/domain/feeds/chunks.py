"""A file is cut by bytes, so that nobody has to read all of it first.

Chunk n is the bytes [n·size, (n+1)·size). A line belongs to the chunk in which it starts, whole:
the reader skips to the first line that starts in its chunk, and reads the last one to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..limits.feeds import FEED_CHUNK_BYTES, MAX_FEED_LINE_BYTES

NEWLINE = b"\n"


@dataclass(frozen=True, slots=True)
class ChunkLine:
    """`at` is the offset of its first byte in the file; `whole` is False where it is too long."""

    at: int
    text: bytes
    whole: bool = True


def chunk_count(size: int) -> int:
    return -(-size // FEED_CHUNK_BYTES)


def span(number: int, size: int) -> tuple[int, int]:
    """The bytes [first, end) to read for a chunk: from one before it, to where its last line ends
    at the latest.
    """
    start = number * FEED_CHUNK_BYTES
    return max(0, start - 1), min(size, start + FEED_CHUNK_BYTES + MAX_FEED_LINE_BYTES)


def lines(number: int, data: bytes) -> Iterator[ChunkLine]:
    """The lines that start in the chunk; `data` is what `span` asked for. Blank ones fall away."""
    start = number * FEED_CHUNK_BYTES
    base = max(0, start - 1)
    position = 0 if start == 0 else _after_newline(data, 0)
    while position < len(data) and base + position < start + FEED_CHUNK_BYTES:
        end = data.find(NEWLINE, position, position + MAX_FEED_LINE_BYTES)
        text = data[position : end if end >= 0 else position + MAX_FEED_LINE_BYTES]
        whole = end >= 0 or position + len(text) == len(data) < position + MAX_FEED_LINE_BYTES
        if text.strip():
            yield ChunkLine(base + position, text.rstrip(b"\r"), whole)
        position = end + 1 if end >= 0 else _after_newline(data, position)


def _after_newline(data: bytes, position: int) -> int:
    end = data.find(NEWLINE, position)
    return end + 1 if end >= 0 else len(data)
