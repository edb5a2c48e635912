"""Stock: one part for each thing that is done with it, over one table."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ..capacity.days import DayStore
from ..dynamo.table import Table
from ..supply.expected import ExpectedSupplyStore
from .claiming import ClaimStore
from .fences import CountFences
from .heat import HeatStore
from .hot_memory import HotMemory
from .items import StockItemReader
from .movements import MovementStore
from .pages import PageReader
from .partitions import PartitionReader
from .reading import AvailabilityReader
from .refreshing import AvailabilityRefresher
from .settling import PageStore
from .shown import ShownStore
from .waiting import WaitingStore

PARALLEL = 20


class StockStore:
    """The parts, and what they share: the table, threads, and what is remembered of hot SKUs."""

    def __init__(
        self,
        table: Table,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.table, self.memory = table, HotMemory(clock, now)
        self.pool = pool = ThreadPoolExecutor(PARALLEL)
        self.reader = reader = PageReader(table)
        partitions = PartitionReader(table, self.memory, reader, pool)
        self.items = StockItemReader(table, reader)
        self.days = DayStore(table)
        self.availability = AvailabilityReader(partitions, self.days, pool)
        self.refresher = AvailabilityRefresher(table, self.memory, reader)
        self.claims = ClaimStore(table, self.memory, reader, pool)
        self.fences = CountFences(table, self.items, pool)
        self.movements = MovementStore(table, self.items, self.claims, self.fences)
        self.pages = PageStore(table, reader, now)
        self.heat = HeatStore(table, self.memory)
        self.waiting = WaitingStore(table)
        self.supply = ExpectedSupplyStore(table)
        self.shown = ShownStore(table, pool)
