"""New objects of the lake, as S3 tells them to a queue, and their lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote_plus

from ..ports.auditing import LakeObject

AT_ONCE = 10  # what SQS hands out and takes back in one call


class LakeObjects:
    """Implements both `LakeQueue` and `LakeReader`."""

    def __init__(self, sqs: Any, queue: str, s3: Any, bucket: str) -> None:
        self.sqs, self.queue = sqs, queue
        self.s3, self.bucket = s3, bucket

    def take(self, most: int) -> list[LakeObject]:
        found: list[LakeObject] = []
        while len(found) < most:
            answer = self.sqs.receive_message(
                QueueUrl=self.queue,
                MaxNumberOfMessages=AT_ONCE,
                AttributeNames=["ApproximateReceiveCount"],
            )
            messages = answer.get("Messages", [])
            if not messages:
                break
            for message in messages:
                found += notes_of(message)
        return found

    def done(self, notes: Iterable[LakeObject]) -> None:
        for receipt in dict.fromkeys(note.receipt for note in notes):
            self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=receipt)

    def lines(self, key: str) -> list[Mapping[str, Any]]:
        from botocore.exceptions import ClientError

        try:
            body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return []
            raise
        return [json.loads(line) for line in body.splitlines() if line]


def notes_of(message: Mapping[str, Any]) -> list[LakeObject]:
    """A test message of S3's has no records: it is a note of nothing, to be done with."""
    looks = int(message.get("Attributes", {}).get("ApproximateReceiveCount", 1))
    records = json.loads(message["Body"]).get("Records", [])
    keys = [unquote_plus(record["s3"]["object"]["key"]) for record in records] or [""]
    return [LakeObject(key, message["ReceiptHandle"], looks) for key in keys]
