"""What was ordered, read back from the lake: the days' objects, of many a sample.

A day with more than `MAX_OBJECTS_A_DAY` objects is read at even distances and counts by so much
more. Listing stops after `MAX_PAGES_A_DAY` pages of a thousand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from ..domain.sourcing.duals import PER_MILLE
from ..domain.sourcing.forecast import OrderKind, kind_of
from ..domain.sourcing.network import SHIP
from ..domain.telling.events import ORDERS

MAX_OBJECTS_A_DAY, MAX_PAGES_A_DAY = 200, 20
PARALLEL = 20
SECONDS_A_DAY = 86_400


class LakeHistory:
    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    def ordered(self, now: int, days: int) -> dict[OrderKind, int]:
        since = now - days * SECONDS_A_DAY
        first = datetime.fromtimestamp(since, UTC).date()
        found: dict[OrderKind, int] = {}
        with ThreadPoolExecutor(PARALLEL) as pool:
            for n in range(days + 1):
                keys = self._keys((first + timedelta(days=n)).isoformat())
                taken = keys[:: -(-len(keys) // MAX_OBJECTS_A_DAY)] if keys else []
                for kind in placed(pool.map(self._text, taken), since, now):
                    found[kind] = found.get(kind, 0) + PER_MILLE * len(keys) // len(taken)
        return found

    def _keys(self, day: str) -> list[str]:
        prefix, token, found = f"{ORDERS}/dt={day}/", "", []
        for _ in range(MAX_PAGES_A_DAY):
            more = {"ContinuationToken": token} if token else {}
            page = self.client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, **more)
            found += [entry["Key"] for entry in page.get("Contents", [])]
            token = page.get("NextContinuationToken", "")
            if not token:
                break
        return found

    def _text(self, key: str) -> str:
        return str(self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read(), "utf-8")


def placed(texts: Iterator[str], since: int, until: int) -> Iterator[OrderKind]:
    """The kinds of orders to ship that were placed; each order once, however often it is told."""
    told = set()
    for text in texts:
        for line in map(json.loads, text.splitlines()):
            if line["item"] != "SNAPSHOT" or line["order_id"] in told or not line["after"]:
                continue
            order = line["after"]
            country = order.get("destination", {}).get("country", "")
            if order["method"] == SHIP and country and since <= order["placed_at"] < until:
                told.add(line["order_id"])
                lines = [(each["sku"], each["quantity"]) for each in order["lines"]]
                yield kind_of(country, order.get("service", "standard"), lines)
