"""History out of a running system: the lake's orders, stock movements and prices of the last days.

Stock is followed back from the first movement that the lake has of a (SKU, node) in these days;
where there was none, what is there now was there then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ...domain.errors import LimitExceeded, NotFound
from ...domain.limits.sourcing import MAX_REPLAY_FILE_BYTES, MAX_REPLAY_OBJECTS
from ...domain.model.signals import Signals
from ...domain.publishing.lake_lines import ORDERS, STOCK
from ...domain.publishing.price_line import PRICES, half_hourly, prices_of
from ...domain.replaying.history import Otherwise, ReplayHistory, collect
from ...domain.replaying.past import StockChange
from ...domain.sourcing.outlook import with_outlook
from ...domain.sourcing.scarcity import ScarcityPrices
from ..config.store import Calendar, ConfigStore
from ..stock.store import StockStore
from .past_file import parsed
from .past_rows import Row, past_orders, stock_changes

PARALLEL = 20
FOR_EVER = 10 * 366 * 86_400
AT_ONCE = 100  # SKUs whose stock is read together


@dataclass(frozen=True, slots=True)
class PastLake:
    """Where a system keeps its past: the lake's bucket, and what its tables say now."""

    s3: Any
    bucket: str
    config: ConfigStore
    stock: StockStore
    calendar: Calendar
    inbox: str = ""  # bucket

    def history(self, now: int, days: int, step: Callable[[str], None]) -> ReplayHistory:
        """The last `days` days, today inclusive. `step` is told what begins. Raises LimitExceeded
        where the lake has more of these days than is read at once.
        """
        until = date(1970, 1, 1) + timedelta(seconds=now)
        span = [until - timedelta(days=n) for n in reversed(range(days))]
        step("reading orders from the lake")
        orders = past_orders(self.rows(ORDERS, span))
        step("reading stock movements from the lake")
        changes = [*stock_changes(self.rows(STOCK, span))]
        step("reading stock and prices")
        skus = sorted({line.sku for order in orders for line in order.lines})
        changes += self._untouched(skus, changes)
        found = [
            *(("prices", prices) for prices in self._prices(span)),
            *(("stock", change) for change in changes),
            *(("order", order) for order in orders),
        ]
        return collect(found, self.otherwise(skus, now))

    def of_file(self, name: str) -> ReplayHistory:
        """A history that lies in the inbox bucket; the system's own network where it names none.

        Raises NotFound, ValidationFailed naming the line, LimitExceeded.
        """
        from botocore.exceptions import ClientError

        try:
            found = self.s3.get_object(Bucket=self.inbox, Key=name)
        except ClientError as error:
            raise NotFound(f"there is no file {name} in the inbox bucket") from error
        if found["ContentLength"] > MAX_REPLAY_FILE_BYTES:
            raise LimitExceeded(f"the file is larger than {MAX_REPLAY_FILE_BYTES} bytes")
        lines = found["Body"].read().decode(errors="replace").splitlines()
        return collect(parsed(lines), self.otherwise())

    def otherwise(self, skus: list[str] | None = None, now: int = 0) -> Otherwise:
        """The network of today, and what is known of the SKUs in it."""
        nodes = self.config.every_node()
        signals = self._signals(skus or [], now)
        return Otherwise(nodes, self.config.services(), self.calendar, signals)

    def rows(self, folder: str, days: Iterable[date]) -> Iterator[Row]:
        """Every line of these days, each change once, in the order of its item's versions."""
        found: dict[str, Row] = {}
        keys = [key for day in days for key in self._keys(folder, day)]
        if len(keys) > MAX_REPLAY_OBJECTS:
            raise LimitExceeded(f"the lake has {len(keys)} objects of these days: ask for fewer")
        for lines in self._read(keys):
            found |= {row["id"]: row for row in lines}
        yield from found.values()

    def _keys(self, folder: str, day: date) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2")
        asked = {"Bucket": self.bucket, "Prefix": f"{folder}/dt={day}/"}
        return [
            each["Key"] for page in pages.paginate(**asked) for each in page.get("Contents", [])
        ]

    def _read(self, keys: list[str]) -> Iterator[list[Row]]:
        def lines(key: str) -> list[Row]:
            body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            return [json.loads(line) for line in body.splitlines()]

        with ThreadPoolExecutor(PARALLEL) as pool:
            yield from pool.map(lines, keys)

    def _prices(self, days: Iterable[date]) -> list[ScarcityPrices]:
        """As they were published; before that was kept, those of now, all along."""
        keys = [key for day in days for key in half_hourly(self._keys(PRICES, day))]
        found = [prices_of(line) for lines in self._read(keys) for line in lines]
        now = self.config.outlook().prices
        return found or ([replace(now, at=0, until=now.until + FOR_EVER)] if now else [])

    def _signals(self, skus: list[str], now: int) -> Signals:
        network = self.stock.availability.network([], self.config.every_node(), consistent=False)
        for first in range(0, len(skus), AT_ONCE):
            some = skus[first : first + AT_ONCE]
            read = self.stock.availability.network(some, network.nodes, consistent=False)
            network = replace(
                network,
                available={**network.available, **read.available},
                lately={**network.lately, **read.lately},
            )
        products = self.config.products(skus)
        signals = with_outlook(network, self.config.outlook(), products, now).signals
        return replace(signals, shadow=None, shadow_version="")  # prices are those of then

    def _untouched(self, skus: Iterable[str], known: Iterable[StockChange]) -> list[StockChange]:
        """Stock that did not move in these days."""
        moved = {(change.sku, change.node) for change in known}
        with ThreadPoolExecutor(PARALLEL) as pool:
            return [
                StockChange(0, item.sku, item.node, item.available)
                for items in pool.map(self.stock.items.of_sku, skus)
                for item in items
                if (item.sku, item.node) not in moved and item.available
            ]
