"""What was ordered, and what nodes did with their parts, read back from the lake: the days'
objects, of many a sample.

A day with more than `MAX_OBJECTS_A_DAY` objects is read at even distances and counts by so much
more. Listing stops after `MAX_PAGES_A_DAY` pages of a thousand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from ..domain.model.fulfilment import GAVE_BACK
from ..domain.model.node import SHIP
from ..domain.publishing.lake_lines import ORDERS
from ..domain.sourcing.duals import PER_MILLE
from ..domain.sourcing.forecast import OrderKind, kind_of

MAX_OBJECTS_A_DAY, MAX_PAGES_A_DAY = 200, 20
MAX_OUTCOME_OBJECTS_A_DAY = 40  # of thirty days
PARALLEL = 20
SECONDS_A_DAY = 86_400


class LakeHistory:
    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    def ordered(self, now: int, days: int) -> dict[OrderKind, int]:
        found: dict[OrderKind, int] = {}
        for texts, weight in self._sampled(now, days, MAX_OBJECTS_A_DAY):
            for kind in placed(texts, now - days * SECONDS_A_DAY, now):
                found[kind] = found.get(kind, 0) + weight
        return found

    def outcomes(self, now: int, days: int) -> dict[str, tuple[int, int]]:
        """Node → parts given and parts given back. What is sampled counts by what it stands for."""
        found: dict[str, tuple[int, int]] = {}
        for texts, weight in self._sampled(now, days, MAX_OUTCOME_OBJECTS_A_DAY):
            for node, given, back in outcomes(texts):
                before = found.get(node, (0, 0))
                found[node] = (before[0] + given * weight, before[1] + back * weight)
        return {node: (n // PER_MILLE, m // PER_MILLE) for node, (n, m) in found.items()}

    def _sampled(self, now: int, days: int, most: int) -> Iterator[tuple[Iterator[str], int]]:
        """Per day its objects' texts, and the thousandths that each line counts."""
        first = datetime.fromtimestamp(now - days * SECONDS_A_DAY, UTC).date()
        with ThreadPoolExecutor(PARALLEL) as pool:
            for n in range(days + 1):
                keys = self._keys((first + timedelta(days=n)).isoformat())
                taken = keys[:: -(-len(keys) // most)] if keys else []
                if taken:
                    yield pool.map(self._text, taken), PER_MILLE * len(keys) // len(taken)

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
    seen_orders = set()
    for text in texts:
        for line in map(json.loads, text.splitlines()):
            if line["item"] != "SNAPSHOT" or line["order_id"] in seen_orders or not line["after"]:
                continue
            order = line["after"]
            country = order.get("destination", {}).get("country", "")
            goods = [each for each in order["lines"] if not each.get("digital")]
            ships = order["method"] == SHIP and country and goods
            if ships and since <= order["placed_at"] < until:
                seen_orders.add(line["order_id"])
                lines = [(each["sku"], each["quantity"]) for each in goods]
                yield kind_of(country, order.get("service", "standard"), lines)


def outcomes(texts: Iterator[str]) -> Iterator[tuple[str, int, int]]:
    """(node, 1, 0) for each part that a node was given, (node, 0, 1) for each that it gave back."""
    seen_orders = set()
    for text in texts:
        for line in map(json.loads, text.splitlines()):
            after = line["after"] or {}
            if (
                not line["item"].startswith("FO#")
                or "node" not in after
                or line["id"] in seen_orders
            ):
                continue
            seen_orders.add(line["id"])
            if not line["before"]:
                yield after["node"], 1, 0
            elif after.get("status") in GAVE_BACK and line["before"].get("status") not in GAVE_BACK:
                yield after["node"], 0, 1
