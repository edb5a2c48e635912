"""A file was dropped: look at its first line, remember the drop, queue its chunks.

The file is not read: it is cut by bytes. Told again of the same drop, the chunks are queued again
unless all are booked; each of them is booked once.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import LimitExceeded, Refused, ValidationFailed
from ...domain.feeds import chunks
from ...domain.feeds.load import FeedLoad, load_id, refused
from ...domain.limits.feeds import MAX_FEED_FILE_BYTES, MAX_FEED_LINE_BYTES
from ...domain.stock_lifecycles import LoadStatus
from ...ports import Inbox
from . import formats
from .book_chunk import finish
from .deps import Feeding


def open_load(name: str, etag: str, size: int, drop: str, deps: Feeding) -> FeedLoad:
    """The load as it is now; `drop` is different for each drop of the same file.

    A file that cannot be read at all is remembered as refused.
    """
    empty = FeedLoad(load_id(name, etag, drop), name, etag, size, deps.now)
    try:
        planned = _planned(empty, deps.inbox)
    except Refused as error:
        planned = refused(empty, error.detail)
    load = deps.loads.create(planned)
    if load.complete:
        finish(load, deps)
    elif load.status != LoadStatus.REFUSED and load.done < load.chunks:
        deps.queue.put(load.name, load.id, range(load.chunks))
    return load


def _planned(load: FeedLoad, inbox: Inbox) -> FeedLoad:
    kind = formats.format_of(load.name)
    if load.size > MAX_FEED_FILE_BYTES:
        raise LimitExceeded(f"the file is larger than {MAX_FEED_FILE_BYTES} bytes")
    header: tuple[str, ...] = ()
    if kind == formats.CSV:
        first = inbox.read(load.name, 0, MAX_FEED_LINE_BYTES, etag=load.etag)
        line = next(chunks.lines(0, first), None)
        if line is None or not line.whole:
            raise ValidationFailed("the first line has to name the columns")
        header = formats.columns(line.text)
    count = chunks.chunk_count(load.size)
    return replace(load, format=kind, header=header, chunks=count)
