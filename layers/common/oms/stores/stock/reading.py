"""Reading what can be promised: stock, supply, waiting demand and work of a whole network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from ...domain.model.network import Network
from ...domain.model.node import Node
from ..capacity.days import DayStore, Load
from .collected import CollectedStock
from .partitions import PartitionReader


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
        return Network(
            tuple(nodes), collected.available, collected.waiting, tuple(collected.supplies),
            load=load, on_hand=collected.on_hand, held=collected.held, held_at=collected.held_at,
            fed_at=collected.fed_at, wanted=collected.wanted, backordered=collected.backordered,
            unsettled=frozenset(collected.unsettled), rough=collected.rough,
            lately=collected.lately,
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
