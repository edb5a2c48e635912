"""The lake: JSON lines on S3, read by Athena and DuckDB."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

CONTENT_TYPE = "application/x-ndjson"


class S3Lake:
    def __init__(self, client: Any, bucket: str) -> None:
        self.client = client
        self.bucket = bucket

    def put(self, key: str, lines: Sequence[Mapping[str, Any]]) -> None:
        text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=text.encode(), ContentType=CONTENT_TYPE
        )
