"""A flash sale on one SKU in the model: buyers, workers, and the project's own decisions.

Where a claim goes (`claiming`), what its writes do (`take`, `lease`) and what settling brings back
(`settle`) is the code that runs against DynamoDB; only the wire is a model (`partitions.py`). What
a worker believes of stock for a second, and that refused buyers ask again, is as in the store.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.page_size import size
from benchmarks.partitions import Cloud, Process, Request
from benchmarks.units import write_units
from oms.domain.hot_stock import pages as p
from oms.domain.hot_stock import settling
from oms.domain.hot_stock.claiming import Belief, ClaimOutcome, claiming
from oms.domain.ids import ALPHABET
from oms.domain.limits.sourcing import MAX_CLAIM_RETRIES
from oms.domain.limits.stock import PAGE_CLAIM_AFTER_S
from oms.domain.model.stock_item import Movement, Pages, StockItem, apply
from oms.domain.model.stock_location import StockLocation
from oms.domain.stock import movements
from oms.stores.stock.hot_memory import BELIEVED_MS, BELIEVED_S, WORKER_LENGTH

SKU, NODE = "SKU-0001", "dc-lille"
WORKERS = 176
DUPLICATES, CRASHES, LOST_REPLIES = 0.02, 0.01, 0.01
AGAIN_AFTER_S = (0.0005, 0.05)  # when a duplicate is delivered
REDELIVERED_S = 1.0  # after a crash
BUYER_PAUSES_S = (1, 2, 4, 8, 15)  # of buyers who were told to ask again
ORDER_UNITS = 1  # that binds the claim; see docs/performance.md
SETTLED_WITHIN_S = 0.5  # from the question over the stream to the settling


@dataclass
class Worker:
    """What a warm function remembers, as StockPages does."""

    name: str
    known: Pages | None = None
    free: tuple[float, int] = (-BELIEVED_S, 0)
    mine: p.Mine | None = None
    read_at: float = -2 * BELIEVED_S
    to_sell: int = 0
    unsettled: bool = True
    asked: float = -1.0
    believes_s: float = BELIEVED_S

    def know(self, first: StockItem, now: float) -> None:
        self.known, self.free = first.pages, (now, first.available)
        assert first.pages
        if not settling.may_ask(first.pages, int(now)):
            self.asked = now + BELIEVED_S


@dataclass
class Sale:
    """`orders`: order → page that its claim is bound to. Times are those of `cloud`."""

    stock: int
    cloud: Cloud
    random: random.Random
    items: dict[int, StockItem] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    waited_s: dict[str, float] = field(default_factory=dict)
    bound_at: list[float] = field(default_factory=list)
    sold_out: int = 0
    idle: list[Worker] = field(default_factory=list)
    backlog: list[tuple[str, int]] = field(default_factory=list)
    arrived: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pages = Pages(hot=True, mode=p.ALWAYS, lot=p.LOT, asked_at=-10)
        self.items[0] = StockItem(SKU, NODE, on_hand=self.stock, pages=pages)
        self.idle = [self._worker() for _ in range(WORKERS)]

    def _worker(self) -> Worker:
        name = "".join(self.random.choice(ALPHABET) for _ in range(WORKER_LENGTH))
        return Worker(name, believes_s=self.random.choice(BELIEVED_MS) / 1000)

    # --- buyers and workers --------------------------------------------------------------------

    def arrive(self, order: str, tries: int = 0) -> None:
        self.arrived.setdefault(order, self.cloud.now)
        self.backlog.append((order, tries))
        self._assign()

    def _assign(self) -> None:
        while self.idle and self.backlog:
            order, tries = self.backlog.pop(0)
            self.cloud.start(self._serve(self.idle.pop(), order, tries))

    def _serve(self, worker: Worker, order: str, tries: int) -> Process:
        said = yield from self._place(worker, order)
        if said == "CRASHED":
            worker = self._worker()
            again = self.cloud.now + REDELIVERED_S
            self.cloud.at(again, lambda: self.arrive(order, tries))
        elif said == "QUEUED":
            longest = BUYER_PAUSES_S[min(tries, len(BUYER_PAUSES_S) - 1)]
            again = self.cloud.now + self.random.uniform(longest / 2, longest)
            self.cloud.at(again, lambda: self.arrive(order, tries + 1))
        elif said == "SOLD_OUT":
            self.sold_out += 1
        self.idle.append(worker)
        self._assign()

    def _place(self, worker: Worker, order: str) -> Any:
        """As `place_order` with one line of one unit."""
        if order in self.orders:
            return "PLACED"
        if self.cloud.now - worker.read_at >= worker.believes_s:
            yield from self._read(worker)
        for _ in range(MAX_CLAIM_RETRIES):
            if worker.to_sell < 1:
                break
            move = movements.allocate(f"{order}.1", SKU, NODE, 1)
            outcome = yield from self._claim(worker, move)
            if not outcome.refused:
                return (yield from self._bind(order, outcome))
            yield from self._read(worker)
        if not worker.unsettled:
            return "SOLD_OUT"
        yield from self._have_settled(worker)
        return "QUEUED"

    def _have_settled(self, worker: Worker) -> Any:
        """As `StockPages.ask_to_settle`."""
        if self.cloud.now >= worker.asked:
            worker.asked = self.cloud.now + BELIEVED_S
            rivals = worker.known.rivals(int(self.cloud.now)) if worker.known else 1
            if self.random.randrange(rivals):
                return
            first = yield Request("page 0", "read", lambda: (0, self.items[0], None))
            if settling.may_ask(first.pages, int(self.cloud.now)):
                yield Request("page 0", "ask", self._ask)

    def _bind(self, order: str, outcome: ClaimOutcome) -> Any:
        page = outcome.move.location
        if self.random.random() < CRASHES:
            due = self.cloud.now + PAGE_CLAIM_AFTER_S
            self.cloud.at(due, lambda: self._check(outcome.move.claim, page))
            return "CRASHED"
        kept = yield Request(order, "order", lambda: self._put_order(order, page))
        if kept != page:  # the other delivery was first
            yield from self._release(replace(outcome.move, before=outcome.move.after))
        return "PLACED"

    def _put_order(self, order: str, page: int) -> Any:
        def commit() -> None:
            self.orders[order] = page
            self.bound_at.append(self.cloud.now)
            self.waited_s[order] = self.cloud.now - self.arrived[order]

        kept = self.orders.get(order, page)
        return ORDER_UNITS, kept, None if order in self.orders else commit

    # --- stock ---------------------------------------------------------------------------------

    def _read(self, worker: Worker) -> Any:
        def decide() -> Any:
            first = self.items[0]
            assert first.pages
            items = [self.items[n] for n in first.pages.open if n in self.items]
            worker.know(first, self.cloud.now)
            worker.unsettled = not first.pages.settled
            worker.to_sell = first.available + sum(item.available for item in items)
            return 0, None, None

        worker.read_at = self.cloud.now
        yield Request("page 0", "read", decide)

    def _claim(self, worker: Worker, move: Movement) -> Any:
        at, free = worker.free
        belief = (
            Belief(free, int(1000 * (self.cloud.now - at)))
            if self.cloud.now - at < BELIEVED_S
            else None
        )
        now, known, mine = int(self.cloud.now), worker.known, worker.mine
        talk = claiming(move, known, mine, belief, worker=worker.name, now=now)
        try:
            step = next(talk)
            while True:
                step = talk.send((yield self._request(step)))
        except StopIteration as end:
            outcome: ClaimOutcome = end.value
        worker.mine = outcome.mine
        if outcome.first:
            worker.know(outcome.first, self.cloud.now)
        return outcome

    def _request(self, step: p.Step) -> Request:
        if isinstance(step, p.Look):
            return Request("page 0", "read", lambda: (0, self._look(step), None))
        if isinstance(step, p.Lease):
            return Request("page 0", "lease", lambda: self._write(0, p.lease, step))
        page = step.move.location
        return Request(f"page {page}", "claim", lambda: self._write(page, p.take, step))

    def _look(self, step: p.Look) -> p.PageAnswer:
        return p.PageAnswer(True, items=tuple(self.items[n] for n in step.pages if n in self.items))

    def _write(self, page: int, do: Any, step: Any) -> Any:
        before = self.items.get(page)
        after = do(before, step)
        units = write_units(max(size(before), size(after)))
        if after is None:
            return units, p.PageAnswer(False, before), None
        return units, p.PageAnswer(True, after), lambda: self.items.update({page: after})

    def _release(self, claim: Movement) -> Any:
        free = movements.deallocate(claim.claim, SKU, NODE, claim.quantity)

        def decide() -> Any:
            item = self.items[claim.location]
            if item.claims.get(claim.claim) != free.before:
                return 1, None, None
            after = apply(item, replace(free, location=claim.location))
            return write_units(size(item)), None, lambda: self.items.update({claim.location: after})

        yield Request(f"page {claim.location}", "release", decide)

    # --- settling ------------------------------------------------------------------------------

    def _ask(self) -> Any:
        first, now = self.items[0], int(self.cloud.now)
        assert first.pages
        asked = replace(first.pages, asked_at=now)

        def commit() -> None:
            self.items[0] = replace(self.items[0], pages=asked)
            self.cloud.at(self.cloud.now + SETTLED_WITHIN_S, self.settle)

        return write_units(size(first)), None, commit if now > first.pages.asked_at else None

    def settle(self) -> None:
        """As the use case, at one moment: its transactions do not stand in the way of claims."""
        while True:
            first = self.items[0]
            assert first.pages
            rows = {n: self.items[n] for n in settling.to_read(first.pages) if n in self.items}
            unbound = frozenset(c for item in (first, *rows.values()) for c in self._unbound(item))
            found = settling.settle(first, rows, unbound, int(self.cloud.now))
            for at in range(0, len(found.recalls), p.RECALLED_AT_ONCE):
                self._recall(found.recalls[at : at + p.RECALLED_AT_ONCE])
            ticked = found.done > first.pages.checked or found.bound > first.pages.bound
            self.cloud.written["settle"] += ticked and write_units(size(first))
            first = self.items[0]
            pages = replace(first.pages or Pages(), checked=found.done, bound=found.bound)
            self.items[0] = replace(first, pages=pages)
            if not found.more:
                return

    def _recall(self, pages: Sequence[StockItem]) -> None:
        there, here = p.recall_of(pages)
        for page, move in zip(pages, there, strict=True):
            self.items[page.location] = apply(page, move)
        self.items[0] = apply(self.items[0], here)
        self.cloud.written["settle"] += 2 * (len(pages) + write_units(size(self.items[0])))

    def _unbound(self, item: StockItem) -> list[str]:
        return [c for c in item.claims if self.orders.get(c.partition(".")[0]) != item.location]

    def _check(self, claim: str, page: int) -> None:
        """Of one claim, when nobody who made it can still be running."""
        item = self.items[page]
        if claim in self._unbound(item):
            free = movements.deallocate(claim, SKU, NODE, 1)
            self.items[page] = apply(item, replace(free, location=StockLocation(page)))
            self.cloud.written["sweep"] += 1
            self.settle()

    def finish(self) -> None:
        """Run until nobody waits for an answer, then settle what is left open."""
        self.cloud.run()
        self.settle()
