"""What one worker remembers of hot SKUs, so that page 0 is not read again and again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ...domain.hot_stock import settling
from ...domain.hot_stock.claiming import Belief, ClaimOutcome
from ...domain.hot_stock.pages import Mine
from ...domain.ids import ALPHABET
from ...domain.model.stock_item import Pages, StockItem
from ..dynamo.table import Item

BELIEVED_S = 1.0  # what was read of a hot SKU is not read again: page 0 is not to be hammered
BELIEVED_MS = range(750, 1250)  # by each worker another time, or all would look at once
WORKER_LENGTH = 3  # only for looking at pages in another order than other workers
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SkuRows:
    """Rows of a SKU's partition, and the open pages of its hot items."""

    rows: Sequence[Item]
    pages: Sequence[StockItem] = ()


class HotMemory:
    """`known`: what page 0 said last of its pages, `mine`: the page this worker claims on,
    `free`: when page 0 was seen, and what it had, `recent`: rows of hot SKUs with the
    moment they were read, `asked`: until when nobody asks again for settling.
    """

    def __init__(self, clock: Callable[[], float], now: Callable[[], float]) -> None:
        self.clock, self.now = clock, now
        self.worker = "".join(secrets.choice(ALPHABET) for _ in range(WORKER_LENGTH))
        self.believes_s = timedelta(milliseconds=secrets.choice(BELIEVED_MS)).total_seconds()
        self.known: dict[Place, Pages] = {}
        self.mine: dict[Place, Mine] = {}
        self.free: dict[Place, tuple[float, int]] = {}
        self.recent: dict[str, tuple[float, SkuRows]] = {}
        self.asked: dict[Place, float] = {}

    def belief(self, place: Place) -> Belief | None:
        at, free = self.free.get(place, (-BELIEVED_S, 0))
        age_s = self.clock() - at
        return Belief(free, int(1000 * age_s)) if age_s < BELIEVED_S else None

    def learn(self, outcome: ClaimOutcome) -> ClaimOutcome:
        place = (outcome.move.sku, outcome.move.node)
        if outcome.mine:
            self.mine[place] = outcome.mine
        else:
            self.mine.pop(place, None)
        if outcome.first:
            self.know(outcome.first)
        return outcome

    def know(self, first: StockItem) -> None:
        """What page 0 says of its pages."""
        place = (first.sku, first.node)
        if first.pages and not settling.may_ask(first.pages, int(self.now())):
            self.asked[place] = self.clock() + BELIEVED_S
        if first.pages and first.pages.hot:
            self.known[place] = first.pages
            self.free[place] = (self.clock(), first.available)
        else:
            self.known.pop(place, None)
            self.free.pop(place, None)

    def forget(self, skus: Iterable[str]) -> None:
        """Their rows are to be read again."""
        for sku in skus:
            self.recent.pop(sku, None)

    def asks(self, place: Place) -> bool:
        """Whether this worker is to ask for settling now: then it does not again for a moment."""
        if self.clock() < self.asked.get(place, 0):
            return False
        self.asked[place] = self.clock() + BELIEVED_S
        return True
