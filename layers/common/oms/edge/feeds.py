"""What the queue of stock files carries: notifications of S3, and our own chunks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus


def drops_of(body: Any) -> Iterator[tuple[str, str, int, str]]:
    """(name, etag, size, what tells this drop from another) of each file that S3 tells of."""
    for record in body.get("Records", []) if isinstance(body, dict) else []:
        given = record["s3"]["object"]
        drop = given.get("sequencer") or record.get("eventTime", "")
        yield unquote_plus(given["key"]), given.get("eTag", ""), int(given.get("size", 0)), drop


def chunk_of(body: Any) -> tuple[str, str, int] | None:
    """(name, load, chunk); None for everything else, S3's test message too."""
    if isinstance(body, dict) and {"name", "load", "chunk"} <= body.keys():
        return str(body["name"]), str(body["load"]), int(body["chunk"])
    return None
