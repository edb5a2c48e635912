"""A bucket and a queue behind the methods of boto3 clients, with the limits of S3 and SQS."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter, deque
from io import BytesIO
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError

from benchmarks.lean.calls import beside

MAX_MESSAGES, MAX_BATCH_BYTES = 10, 256 * 1024  # of one batch; SQS takes 1 MiB by now
RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class LeanBucket:
    """`calls` counts calls, by whether a pool made them (`beside`). Objects lie in SQLite, so that
    they are no memory of Python's, which is the function's to account for.
    """

    def __init__(self) -> None:
        self.objects = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.objects.execute("CREATE TABLE object (key PRIMARY KEY, etag, body)")
        self.lock = Lock()
        self.calls: Counter[bool] = Counter()

    def put_object(self, **given: Any) -> dict[str, str]:
        key, body = given["Key"], given["Body"]
        etag = hashlib.md5(body, usedforsecurity=False).hexdigest()
        self._do("INSERT OR REPLACE INTO object VALUES (?, ?, ?)", (key, etag, body))
        return {"ETag": etag}

    def get_object(self, **given: Any) -> dict[str, Any]:
        asked = RANGE.fullmatch(given["Range"])
        assert asked
        first, last = int(asked[1]), int(asked[2])
        found = self._do(
            "SELECT etag, length(body), substr(body, ?, ?) FROM object WHERE key = ?",
            (first + 1, last - first + 1, given["Key"]),
        )
        if not found:
            raise _error("NoSuchKey")
        ((etag, size, body),) = found
        if given.get("IfMatch", etag) != etag:
            raise _error("PreconditionFailed")
        if first >= size:
            raise _error("InvalidRange")
        return {"Body": BytesIO(body)}

    def _do(self, statement: str, given: tuple[Any, ...]) -> list[Any]:
        with self.lock:
            self.calls[beside()] += 1
            return self.objects.execute(statement, given).fetchall()

    def text(self, key: str) -> str:
        (body,) = self.objects.execute("SELECT body FROM object WHERE key = ?", (key,)).fetchone()
        return bytes(body).decode()


class LeanQueue:
    def __init__(self) -> None:
        self.waiting: deque[str] = deque()
        self.calls: Counter[bool] = Counter()
        self.largest_batch = 0  # bytes

    def send_message_batch(self, **given: Any) -> dict[str, Any]:
        entries = given["Entries"]
        self.calls[beside()] += 1
        size = sum(len(entry["MessageBody"].encode()) for entry in entries)
        assert 0 < len(entries) <= MAX_MESSAGES
        assert size <= MAX_BATCH_BYTES
        self.largest_batch = max(self.largest_batch, size)
        self.waiting.extend(entry["MessageBody"] for entry in entries)
        return {"Successful": [], "Failed": []}


def _error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "lean")
