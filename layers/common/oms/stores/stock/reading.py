"""Reading what can be promised: stock, supply, waiting demand and work of a whole network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from ...domain.model.network import Network
from ...domain.model.node import Node
from ...domain.model.supply import Supply
from ..capacity.days import DayStore, Load
from ..dynamo.table import Item
from ..supply.rows import supply_of
from .collected import CollectedStock
from .hot_memory import Place, SkuRows
from .partitions import PartitionReader
from .rows import item_of
from .signals import lately_of
from .waiting_rows import backordered, wanted


class AvailabilityReader:
    def __init__(
        self, partitions: PartitionReader, days: DayStore, pool: ThreadPoolExecutor
    ) -> None:
        self.partitions, self.days, self.pool = partitions, days, pool

    def network(
        self,
        skus: Iterable[str],
        nodes: Sequence[Node],
        *,
        consistent: bool,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
        days: Sequence[str] = (),
        rough: Collection[str] = (),
    ) -> Network:
        assert not (rough and (consistent or order_id or cart)), "what is shown knows no claims"
        loads = self._loads(days, consistent, order_id, first_part)
        if cart:  # what it holds may be younger than what is remembered
            self.partitions.memory.forget(skus := list(skus))
        read = self.partitions.read(skus, consistent, rough)
        collected = CollectedStock(order_id, first_part, cart)
        for sku, found in read.items():
            collected.add(sku, found, exact=sku not in rough)
        load = {key: count for each in loads for key, count in each.result().items()}
        rows_of = {sku: found.rows for sku, found in read.items()}
        return Network(
            tuple(nodes), collected.available, collected.waiting, _supplies(rows_of), load=load,
            on_hand=collected.on_hand, held=_known(collected.held), held_at=collected.held_at,
            fed_at=_known(collected.fed_at),
            wanted=wanted(rows_of, order_id), backordered=backordered(rows_of),
            unsettled=_unsettled(read.values()), rough=_known(collected.rough),
            lately=lately_of(rows_of),
        )  # fmt: skip

    def load(
        self, days: Sequence[str], *, consistent: bool, order_id: str = "", first_part: int = 1
    ) -> dict[tuple[str, str], int]:
        read = self._loads(days, consistent, order_id, first_part)
        return {key: count for each in read for key, count in each.result().items()}

    def _loads(
        self, days: Sequence[str], consistent: bool, order_id: str, first_part: int
    ) -> list[Future[Load]]:
        return [
            self.pool.submit(self.days.load, day, order_id, first_part, consistent=consistent)
            for day in days
        ]


def _supplies(rows_of: Mapping[str, Sequence[Item]]) -> tuple[Supply, ...]:
    return tuple(
        supply_of(sku, row)
        for sku, rows in rows_of.items()
        for row in rows
        if row["sk"].startswith("SUPPLY#")
    )


def _known(found: dict[Place, int]) -> dict[Place, int]:
    return {place: number for place, number in found.items() if number}


def _unsettled(read: Iterable[SkuRows]) -> frozenset[Place]:
    items = (item_of(row) for found in read for row in found.rows if "pg" in row)
    return frozenset((i.sku, i.node) for i in items if i.pages and not i.pages.settled)
