"""Three orders and two carts, pages of two units, any interleaving: nothing is sold twice, nothing
is lost.

The real store and the real decisions, one DynamoDB call at a time: leases, claims, replies that get
lost, second deliveries, orders, carts that hold, become orders and give up, deaths, checks,
settlings, releases, goods that leave before it is booked, counts in the middle, heating, cooling.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from oms.domain.errors import LostRace
from oms.domain.model.stock_item import Movement, StockItem, claimed_as, problems
from oms.domain.preparing import effects
from oms.domain.stock import counting, movements
from oms.stores.dynamo.table import Table
from oms.stores.stock.store import StockStore
from oms.usecases.following_stock.settle_pages import settle_pages
from tests.cloud import NOW, receive, world
from tests.interleaved import CARTS, LOT, NODE, ORDERS, SKU, STOCK, WORKERS, Bound, Delivery
from tests.stock_deps import follower


class Interleavings(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.world = self.opened.enter_context(world())
        self.now, self.bound, self.running = NOW, Bound(), list[Delivery]()
        self.taken_over = set[str]()  # carts whose unit went to an order
        self.shelf = STOCK
        self.left = dict[str, Movement]()  # by order: goods that left, not booked yet
        self.shipped = set[str]()
        self.seen = list[StockItem]()
        receive(self.world, SKU, NODE, STOCK)
        table = Table(self.world.client, "Stock")
        ticks = iter(range(10**9))
        clocks = (lambda: float(next(ticks)), lambda: 0.0)  # one believes nothing, one all
        self.workers = [StockStore(table, clock=c, now=lambda: self.now) for c in clocks]
        self.stock = self.workers[0]
        self.stock.heat.heat(SKU, NODE)
        key, change = (f"SKU#{SKU}", f"NODE#{NODE}"), ("SET lot = :lot", "attribute_exists(lot)")
        table.update(*key, *change, names={}, values={":lot": LOT})

    def teardown(self) -> None:
        self.opened.close()

    # --- what happens ------------------------------------------------------------------------------

    @rule(order=st.sampled_from(sorted(ORDERS)), worker=st.integers(0, WORKERS - 1))
    def deliver(self, order: str, worker: int) -> None:
        """Also a second time, and after its order was written."""
        if order in self.shipped:
            return
        store = self.workers[worker]
        store.availability.network([SKU], (), consistent=True)
        self._start(order, store, self._claim_of(order))

    @rule(cart=st.sampled_from(sorted(CARTS)), worker=st.integers(0, WORKERS - 1))
    def hold(self, cart: str, worker: int) -> None:
        """A cart asks for its unit, maybe again."""
        store = self.workers[worker]
        store.availability.network([SKU], (), consistent=True)
        if cart not in self.bound.ended:
            self._start(cart, store, movements.soft_hold(f"{cart}.0", SKU, NODE, 1))

    def _start(self, owner: str, store: StockStore, move: Movement) -> None:
        talk = store.claims.conversation(move)
        first = next(talk, None)  # None: refused at once
        if first:
            self.running.append(Delivery(owner, store, talk, first))

    def _claim_of(self, order: str) -> Movement:
        """Out of its cart, where that still holds."""
        claim, units = f"{order}.1", ORDERS[order]
        cart = next((cart for cart, its in CARTS.items() if its == order), "")
        page = self.bound.page.get(cart)
        if page is not None and cart not in self.bound.ended:
            item = self._pages().get(page)
            if item and (f"{cart}.0" in item.claims or claim in item.claims):
                move = movements.commit_soft(
                    claim, SKU, NODE, units, cart=f"{cart}.0", held=1, safety=0
                )
                return replace(move, location=page)
        return movements.allocate(claim, SKU, NODE, units)

    @rule(which=st.integers(0, 9), replies_lost=st.integers(0, 2))
    def go_on(self, which: int, replies_lost: int) -> None:
        """One call; where its reply got lost the client sends it again."""
        for run in self._one(which):
            if run.step is None:
                (self._write_cart if run.owner in CARTS else self._write_order)(run)
                continue
            for _ in range(replies_lost):
                run.worker.claims.perform(run.step)
            try:
                run.step = run.talk.send(run.worker.claims.perform(run.step))
            except StopIteration as end:
                run.step, run.outcome = None, run.worker.memory.learn(end.value)
                if end.value.move.cart and not end.value.refused:
                    self.taken_over.add(end.value.move.cart.partition(".")[0])

    def _write_order(self, run: Delivery) -> None:
        self.running.remove(run)
        assert run.outcome
        if run.outcome.refused:
            return
        page = run.outcome.move.location
        if self.bound.page.setdefault(run.owner, page) != page:  # a twin was first
            release = movements.deallocate(f"{run.owner}.1", SKU, NODE, ORDERS[run.owner])
            run.worker.movements.move(replace(release, location=page))
        for cart, order in CARTS.items():
            if order == run.owner and cart in self.bound.page:
                self._end(cart)

    def _write_cart(self, run: Delivery) -> None:
        self.running.remove(run)
        assert run.outcome
        if run.outcome.refused:
            return
        page = run.outcome.move.location
        if self.bound.page.setdefault(run.owner, page) != page and run.outcome.made:
            run.worker.movements.move(movements.undo(run.outcome.move))

    @rule(cart=st.sampled_from(sorted(CARTS)))
    def give_up(self, cart: str) -> None:
        """The cart is released, or ran out; its end is delivered twice."""
        if cart in self.bound.page:
            self._end(cart)
            self._end(cart)

    def _end(self, cart: str) -> None:
        self.bound.ended.add(cart)
        item = self.stock.items.get(SKU, NODE, self.bound.page[cart])
        free = effects.free(f"{cart}.0", item) if item else None
        if free:
            self.stock.movements.move(free)

    @rule(order=st.sampled_from(sorted(ORDERS)), worker=st.integers(0, WORKERS - 1))
    def place(self, order: str, worker: int) -> None:
        """All calls of one delivery, with nothing in between."""
        self.deliver(order, worker)
        self._finish(order)

    @rule(cart=st.sampled_from(sorted(CARTS)), worker=st.integers(0, WORKERS - 1))
    def reserve(self, cart: str, worker: int) -> None:
        self.hold(cart, worker)
        self._finish(cart)

    def _finish(self, owner: str) -> None:
        while self.running and self.running[-1].owner == owner:
            self.go_on(len(self.running) - 1, 0)

    @rule(order=st.sampled_from(sorted(ORDERS)), later_s=st.sampled_from((0, 60)))
    def go_on_after_settling(self, order: str, later_s: int) -> None:
        """Between the calls of a delivery, all that can be brought back is."""
        self.deliver(order, 1)
        while self.running and self.running[-1].owner == order:
            self.settle(later_s)
            self.go_on(len(self.running) - 1, 0)

    @rule()
    def look_what_to_bring_back(self) -> None:
        self.seen = [it for it in self._pages().values() if it.location and it.available > 0]

    @rule()
    def bring_back(self) -> None:
        """What was seen some time ago."""
        self.stock.pages.recall(self.seen)

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
                if not self.bound.owns(claim, item.location):
                    free = effects.free(claim, item)
                    assert free
                    self.stock.movements.move(free)

    @rule(later_s=st.sampled_from((0, 60)))
    def settle(self, later_s: int) -> None:
        self.now += later_s
        settle_pages(SKU, NODE, follower(bindings=self.bound, stock=self.stock, now=self.now))

    @rule(order=st.sampled_from(sorted(ORDERS)))
    def cancel(self, order: str) -> None:
        page = self.bound.page.get(order)
        if page is not None and order not in self.shipped and not self._is_running(order):
            release = movements.deallocate(f"{order}.1", SKU, NODE, ORDERS[order])
            assert self.stock.movements.move(replace(release, location=page))
            del self.bound.page[order]

    @rule(hot=st.booleans())
    def change_heat(self, hot: bool) -> None:
        (self.stock.heat.heat if hot else self.stock.heat.cool)(SKU, NODE)

    @rule(order=st.sampled_from(sorted(ORDERS)))
    def leave(self, order: str) -> None:
        """The goods leave; it is booked later."""
        page = self.bound.page.get(order)
        if page is None or order in self.shipped or self._is_running(order):
            return
        claim, units = f"{order}.1", ORDERS[order]
        prepare = movements.prepare(claim, SKU, NODE, units)
        assert self.stock.movements.move(replace(prepare, location=page))
        self.now += 1
        self.shelf -= units
        ship = movements.ship(claim, SKU, NODE, units)
        self.left[order] = replace(ship, location=page, at=self.now)
        self.shipped.add(order)

    @rule(order=st.sampled_from(sorted(ORDERS)))
    def book_leaving(self, order: str) -> None:
        """Told twice."""
        if order in self.left:
            ship = self.left.pop(order)
            assert self.stock.movements.move(ship)
            assert not self.stock.movements.move(ship)
            del self.bound.page[order]

    @rule(booked=st.sampled_from(sorted(ORDERS)), leaves=st.sampled_from(sorted(ORDERS)))
    def count(self, booked: str, leaves: str) -> None:
        """Somebody counts; before that is booked, a shipment is, and other goods leave. Refused
        where something moved between pages.
        """
        self.now += 1
        item = self.stock.fences.fence(SKU, NODE, self.now)
        assert item
        id = f"count{self.now}"
        move = counting.count(id, item, self.shelf, as_of=self.now, now=self.now, actor="ann")
        self.book_leaving(booked)
        self.leave(leaves)
        self.now += 1
        with suppress(LostRace):
            self.stock.movements.book(move, now=self.now)

    def _is_running(self, order: str) -> bool:
        return any(run.owner == order for run in self.running)

    # --- what holds at every step --------------------------------------------------------------------

    @invariant()
    def no_unit_is_twice_or_nowhere(self) -> None:
        whole = self.stock.items.whole(SKU, NODE)
        assert whole
        uncounted = sum(ship.quantity for ship in self.left.values() if ship.at > whole.counted_at)
        assert whole.on_hand == self.shelf + uncounted
        pages = self._pages()
        held = [claimed_as(kind, item.claims) for item in pages.values() for kind in "AHS"]
        assert sum(held) == whole.allocated + whole.soft + whole.staged
        assert whole.available >= -sum(ship.quantity for ship in self.left.values())
        for item in pages.values():
            assert problems(item) == []
            assert item.available >= 0 or (item.location == 0 and self.left)
            assert item.location == 0 or item.on_hand <= LOT

    @invariant()
    def a_written_order_has_its_claim(self) -> None:
        pages = self._pages()
        for owner, page in self.bound.page.items():
            claims = pages[page].claims if page in pages else {}
            if owner in ORDERS:
                kind = "S" if owner in self.shipped else "A"
                assert claims.get(f"{owner}.1") == f"{kind}{ORDERS[owner]}"
            elif owner not in self.bound.ended:  # or its order has just taken it over
                assert f"{owner}.0" in claims or owner in self.taken_over

    def _pages(self) -> dict[int, StockItem]:
        first = self.stock.items.get(SKU, NODE)
        assert first
        assert first.pages
        return {0: first, **self.stock.pages.read(SKU, NODE, range(1, first.pages.last + 1))}

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
