"""The bucket that files of stock lines are dropped in, and the queue of their chunks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..domain.errors import Fault, NotFound
from ..domain.limits.aws import MAX_SQS_BATCH
from ..observability import correlation_id

GONE = frozenset({"NoSuchKey", "404", "PreconditionFailed", "412"})
BEYOND = frozenset({"InvalidRange", "416"})


class S3Inbox:
    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    def read(self, key: str, first: int, end: int, *, etag: str = "") -> bytes:
        from botocore.exceptions import ClientError

        same = {"IfMatch": etag} if etag else {}
        try:
            answer = self.client.get_object(
                Bucket=self.bucket, Key=key, Range=f"bytes={first}-{end - 1}", **same
            )
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in BEYOND:
                return b""
            if code in GONE:
                raise NotFound(f"{key} is gone or was replaced") from error
            raise
        return bytes(answer["Body"].read())

    def put(self, key: str, text: str) -> None:
        self.client.put_object(Bucket=self.bucket, Key=key, Body=text.encode())


class SqsChunkQueue:
    def __init__(self, client: Any, url: str) -> None:
        self.client, self.url = client, url

    def put(self, name: str, id: str, chunks: Sequence[int]) -> None:
        """Raises Fault when not all were taken: the whole is put again."""
        same = {"correlation_id": {"DataType": "String", "StringValue": correlation_id() or id}}
        for batch in _batches(chunks):
            entries = [
                {
                    "Id": str(chunk),
                    "MessageBody": json.dumps({"name": name, "load": id, "chunk": chunk}),
                    "MessageAttributes": same,
                }
                for chunk in batch
            ]
            answer = self.client.send_message_batch(QueueUrl=self.url, Entries=entries)
            if answer.get("Failed"):
                raise Fault(f"{len(answer['Failed'])} chunks of {name} were not queued")


def _batches(chunks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(chunks), MAX_SQS_BATCH):
        yield chunks[start : start + MAX_SQS_BATCH]
