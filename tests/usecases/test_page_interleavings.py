"""Three orders, pages of two units, any interleaving: nothing is sold twice, nothing is lost.

The real store and the real decisions, one DynamoDB call at a time: leases, claims, replies that get
lost, second deliveries, orders written, deaths, checks, settlings, releases, heating and cooling.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from oms.domain.parts import effects
from oms.domain.stock import movements
from oms.domain.stock import pages as p
from oms.domain.stock.claiming import Outcome
from oms.domain.stock.item import StockItem, problems
from oms.stores.stock import StockStore
from oms.stores.table import Table
from oms.usecases.stocking.settle_pages import settle_pages
from tests.cloud import NOW, receive, world

SKU, NODE, STOCK, LOT = "SKU-001", "dc-lille", 4, 2
ORDERS, WORKERS = ("order1", "order2", "order3"), 2


@dataclass
class Delivery:
    """One run that places an order: where it stands, and what it was answered last."""

    order: str
    worker: StockStore
    talk: Any
    step: p.Step | None
    outcome: Outcome | None = None


class Bound:
    """Which page each order was written with; stands for the orders table."""

    def __init__(self) -> None:
        self.page: dict[str, int] = {}

    def unbound(self, pages: Any) -> frozenset[str]:
        return frozenset(c for item in pages for c in item.claims if not self.owns(c, item.page))

    def owns(self, claim: str, page: int) -> bool:
        return self.page.get(claim.partition(".")[0]) == page


class Interleavings(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.world = self.opened.enter_context(world())
        self.now, self.bound, self.running = NOW, Bound(), list[Delivery]()
        receive(self.world, SKU, NODE, STOCK)
        table = Table(self.world.client, "Stock")
        ticks = iter(range(10**9))
        self.workers = [
            StockStore(table, clock=lambda: float(next(ticks)), now=lambda: self.now)
            for _ in range(WORKERS)
        ]
        self.stock = self.workers[0]
        self.stock.heat(SKU, NODE)
        change = {"expression": "SET lot = :lot", "condition": "attribute_exists(lot)"}
        key = {"pk": f"SKU#{SKU}", "sk": f"NODE#{NODE}"}
        table.update(**key, **change, names={}, values={":lot": LOT})

    def teardown(self) -> None:
        self.opened.close()

    # --- what happens ------------------------------------------------------------------------------

    @rule(order=st.sampled_from(ORDERS), worker=st.integers(0, WORKERS - 1))
    def deliver(self, order: str, worker: int) -> None:
        """Also a second time, and after its order was written."""
        store = self.workers[worker]
        store.network([SKU], (), consistent=True)
        talk = store.conversation(movements.allocate(f"{order}.1", SKU, NODE, 1))
        self.running.append(Delivery(order, store, talk, next(talk)))

    @rule(which=st.integers(0, 9), replies_lost=st.integers(0, 2))
    def go_on(self, which: int, replies_lost: int) -> None:
        """One call; where its reply got lost the client sends it again."""
        for run in self._one(which):
            if run.step is None:
                self._write_order(run)
                continue
            for _ in range(replies_lost):
                run.worker.perform(run.step)
            try:
                run.step = run.talk.send(run.worker.perform(run.step))
            except StopIteration as end:
                run.step, run.outcome = None, run.worker.learn(end.value)

    def _write_order(self, run: Delivery) -> None:
        self.running.remove(run)
        assert run.outcome
        if run.outcome.refused:
            return
        page = run.outcome.move.page
        if self.bound.page.setdefault(run.order, page) != page:  # a twin was first
            release = movements.deallocate(f"{run.order}.1", SKU, NODE, 1)
            run.worker.move(replace(release, page=page))

    @rule(which=st.integers(0, 9))
    def die(self, which: int) -> None:
        for run in self._one(which):
            self.running.remove(run)

    @rule()
    def check_claims(self) -> None:
        """Runs when nobody who made a claim can still be running."""
        self.running.clear()
        for item in self._pages().values():
            for claim in item.claims:
                if not self.bound.owns(claim, item.page):
                    free = effects.free(claim, item)
                    assert free
                    self.stock.move(free)

    @rule(later_s=st.sampled_from((0, 60)))
    def settle(self, later_s: int) -> None:
        self.now += later_s
        settle_pages(SKU, NODE, bindings=self.bound, stock=self.stock, now=self.now)

    @rule(order=st.sampled_from(ORDERS))
    def cancel(self, order: str) -> None:
        page = self.bound.page.get(order)
        if page is not None and not any(run.order == order for run in self.running):
            release = movements.deallocate(f"{order}.1", SKU, NODE, 1)
            assert self.stock.move(replace(release, page=page))
            del self.bound.page[order]

    @rule(hot=st.booleans())
    def change_heat(self, hot: bool) -> None:
        (self.stock.heat if hot else self.stock.cool)(SKU, NODE)

    # --- what holds at every step --------------------------------------------------------------------

    @invariant()
    def no_unit_is_twice_or_nowhere(self) -> None:
        whole = self.stock.whole(SKU, NODE)
        assert whole
        assert whole.on_hand == STOCK
        pages = self._pages()
        assert sum(len(item.claims) for item in pages.values()) == whole.allocated
        for item in pages.values():
            assert problems(item) == []
            assert item.available >= 0
            assert item.page == 0 or item.on_hand <= LOT

    @invariant()
    def a_written_order_has_its_claim(self) -> None:
        pages = self._pages()
        for order, page in self.bound.page.items():
            assert f"{order}.1" in pages[page].claims

    def _pages(self) -> dict[int, StockItem]:
        first = self.stock.item(SKU, NODE)
        assert first
        assert first.pages
        return {0: first, **self.stock.pages(SKU, NODE, range(1, first.pages.last + 1))}

    def _one(self, which: int) -> Iterator[Delivery]:
        if self.running:
            yield self.running[which % len(self.running)]


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
