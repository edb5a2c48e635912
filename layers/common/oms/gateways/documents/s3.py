"""Documents in a private bucket; people get links that end."""

from __future__ import annotations

from typing import Any

MAX_TTL_S = 7 * 24 * 3600  # what a signature of S3 can last


class S3Documents:
    def __init__(self, client: Any, bucket: str) -> None:
        self._client, self._bucket = client, bucket

    def put(self, key: str, body: bytes, content_type: str) -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)

    def url(self, key: str, *, ttl_s: int) -> str:
        assert 0 < ttl_s <= MAX_TTL_S
        link: str = self._client.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=ttl_s
        )
        return link
