"""A hot SKU over the real store: lots, pages, settling, heating and cooling."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import OutOfStock, StockUnsettled
from oms.domain.hot_stock.claiming import Belief, claiming
from oms.domain.hot_stock.pages import LOT
from oms.domain.model.movement_kind import MovementKind
from oms.domain.model.stock_item import Pages
from oms.domain.model.stock_location import StockLocation
from oms.domain.stock import movements
from oms.usecases.following_stock.follow_stock import fresh_claims
from oms.usecases.following_stock.release_orphan_claim import release_orphan_claim
from tests.cloud import World, receive
from tests.hot_stock import (
    NODE,
    SKU,
    UNITS,
    another_worker,
    buy,
    first,
    follow_stream,
    heated,
    page,
    settle,
    whole,
)
from tests.orders import place
from tests.stock_deps import following_stock


def test_an_ordinary_sku_is_one_item(world: World) -> None:
    receive(world, SKU, NODE, UNITS)
    assert buy(world) == {}
    item = world.stock.items.get(SKU, NODE)
    assert item
    assert (item.pages, item.allocated) == (None, 1)


def test_claims_of_a_hot_sku_lie_on_a_page_of_their_worker(hot: World) -> None:
    assert [buy(hot) for _ in range(3)] == [{SKU: 1}] * 3
    assert (page(hot, 1).allocated, page(hot, 1).available) == (3, LOT - 3)
    assert (first(hot).allocated, first(hot).available) == (0, UNITS - LOT)
    assert (whole(hot).on_hand, whole(hot).available) == (UNITS, UNITS - 3)


def test_a_used_up_page_is_followed_by_the_next_lot(hot: World) -> None:
    pages = [buy(hot)[SKU] for _ in range(LOT + 1)]
    assert pages == [1] * LOT + [2]
    assert list(first(hot).pages.open) == [1, 2]  # type: ignore[union-attr]


def test_each_worker_leases_a_lot_of_its_own(hot: World) -> None:
    outcomes = [
        another_worker(hot).claims.claim(movements.allocate(f"order{n}.1", SKU, NODE, 1))
        for n in "abc"
    ]
    assert [outcome.move.location for outcome in outcomes] == [
        0,
        0,
        0,
    ]  # they do not know it is hot
    for n, worker in enumerate((another_worker(hot), another_worker(hot)), 1):
        worker.availability.network([SKU], (), consistent=False)
        claim = movements.allocate(f"order{n}.2", SKU, NODE, 1)
        assert worker.claims.claim(claim).move.location == n


def test_a_network_counts_what_open_pages_have(hot: World) -> None:
    buy(hot, 5)
    for consistent in (False, True):
        network = another_worker(hot).availability.network([SKU], (), consistent=consistent)
        assert network.available[SKU, NODE] == UNITS - 5
        assert network.unsettled == {(SKU, NODE)}


def test_what_was_read_of_a_hot_sku_is_believed_for_a_moment(hot: World) -> None:
    """Its buyers are not to hammer the partition of page 0."""
    worker = another_worker(hot)  # its clock stands still
    before = worker.availability.network([SKU], (), consistent=False)
    buy(hot)
    assert worker.availability.network([SKU], (), consistent=False) == before
    assert worker.availability.network([SKU], (), consistent=True).available[SKU, NODE] == UNITS - 1
    assert (
        worker.availability.network([SKU], (), consistent=False).available[SKU, NODE] == UNITS - 1
    )


def test_a_claim_said_twice_is_one_claim(hot: World) -> None:
    hot.stock.availability.network([SKU], (), consistent=True)
    claim = movements.allocate("order.1", SKU, NODE, 1)
    made, again = hot.stock.claims.claim(claim), hot.stock.claims.claim(claim)
    assert (made.made, again.made, again.refused) == (True, False, False)
    assert made.move.location == again.move.location == 1
    assert whole(hot).allocated == 1


def test_safety_stock_stays_on_page_0(hot: World) -> None:
    hot.stock.availability.network([SKU], (), consistent=True)
    safe = movements.allocate("order.1", SKU, NODE, 1, safety=UNITS - LOT + 1)
    assert hot.stock.claims.claim(safe).move.location == 0
    refused = movements.allocate("order.2", SKU, NODE, 1, safety=UNITS)
    assert hot.stock.claims.claim(refused).refused


def test_the_last_units_are_found_on_another_workers_page(world: World) -> None:
    heated(world, LOT)
    assert buy(world) == {SKU: 1}
    other = another_worker(world)
    other.availability.network([SKU], (), consistent=True)
    assert other.claims.claim(movements.allocate("other.1", SKU, NODE, LOT - 1)).move.location == 1
    assert whole(world).available == 0


def test_sold_out_is_said_when_every_claim_has_its_order(world: World) -> None:
    heated(world, LOT)
    for _ in range(LOT - 1):
        buy(world)
    world.stock.claims.claim(movements.allocate("died.1", SKU, NODE, 1))
    with pytest.raises(StockUnsettled):
        buy(world)
    follow_stream(world)  # the refused buyer asked for it
    assert not first(world).pages.settled  # type: ignore[union-attr]
    free_of("died.1", world)
    follow_stream(world)
    buy(world)
    with pytest.raises(StockUnsettled):
        buy(world)
    settle(world)
    with pytest.raises(OutOfStock):
        buy(world)
    assert whole(world).allocated == LOT


def free_of(claim: str, world: World, page: int = 1) -> None:
    where = StockLocation(page)
    assert release_orphan_claim(claim, SKU, NODE, following_stock(world), where)
    assert not release_orphan_claim(claim, SKU, NODE, following_stock(world), where)


def test_the_orphan_check_leaves_claims_that_an_order_names(hot: World) -> None:
    order = place(hot, {SKU: 1}).snapshot
    assert not release_orphan_claim(
        f"{order.id}.1", SKU, NODE, following_stock(hot), StockLocation(1)
    )
    twin = movements.allocate(f"{order.id}.1", SKU, NODE, 1)  # a delivery that died on page 0
    hot.stock.claims.claim(replace(twin, kind=MovementKind.ALLOCATE))
    assert whole(hot).allocated == 1


def test_a_lot_that_nobody_claimed_from_comes_back(hot: World) -> None:
    hot.stock.memory.clock = lambda: 0.0
    hot.stock.availability.network([SKU], (), consistent=True)
    move = movements.allocate("died.1", SKU, NODE, 1)
    talk = hot.stock.claims.conversation(move)
    assert hot.stock.claims.perform(next(talk)).done  # leased, and then it dies
    assert (first(hot).on_hand, whole(hot).on_hand) == (UNITS - LOT, UNITS)
    settle(hot, later_s=3600)
    assert (first(hot).on_hand, whole(hot).on_hand) == (UNITS, UNITS)
    assert first(hot).pages.settled  # type: ignore[union-attr]


def test_a_late_first_claim_finds_its_lot_recalled(hot: World) -> None:
    hot.stock.memory.clock = lambda: 0.0
    hot.stock.availability.network([SKU], (), consistent=True)
    talk = hot.stock.claims.conversation(movements.allocate("late.1", SKU, NODE, 1))
    leased = hot.stock.claims.perform(next(talk))
    settle(hot, later_s=3600)
    outcome = None
    try:
        step = talk.send(leased)
        while True:
            step = talk.send(hot.stock.claims.perform(step))
    except StopIteration as end:
        outcome = end.value
    assert outcome.made
    assert outcome.move.location == 2
    assert (whole(hot).on_hand, whole(hot).allocated) == (UNITS, 1)


def test_who_saw_that_nothing_is_left_writes_nothing() -> None:
    move = movements.allocate("late.1", SKU, NODE, 1)
    talk = claiming(move, Pages(hot=True, lot=LOT), None, Belief(0), worker="abc", now=0)
    with pytest.raises(StopIteration) as end:
        next(talk)
    assert end.value.value.refused


def test_a_page_that_moved_does_not_keep_the_others_from_coming_back(hot: World) -> None:
    buy(hot)
    other = another_worker(hot)
    other.availability.network([SKU], (), consistent=True)
    other.claims.claim(movements.allocate("other.1", SKU, NODE, 1))
    seen = [page(hot, 1), page(hot, 2)]
    other.claims.claim(movements.allocate("other.2", SKU, NODE, 1))  # on page 2
    assert hot.stock.pages.recall(seen) == {2}
    assert (page(hot, 1).available, page(hot, 2).available) == (0, LOT - 2)
    assert (first(hot).available, whole(hot).available) == (UNITS - LOT - 1, UNITS - 3)


def test_sold_out_waits_for_the_orders_of_claims_on_page_0(world: World) -> None:
    heated(world, 2)  # less than a lot
    assert buy(world) == {}
    world.stock.claims.claim(movements.allocate("died.1", SKU, NODE, 1))
    settle(world)
    with pytest.raises(StockUnsettled):
        buy(world)
    assert first(world).pages.claimed == 2  # type: ignore[union-attr]
    free_of("died.1", world, page=0)
    assert buy(world) == {}
    settle(world)
    with pytest.raises(OutOfStock):
        buy(world)
    assert whole(world).allocated == 2


def test_a_claim_on_page_0_of_a_hot_sku_is_checked_as_soon_as_one_on_a_page() -> None:
    row = {"c": {"order.1": "A1"}}
    rows = (row, {**row, "hot": 1})
    noted = [list(fresh_claims(f"SKU#{SKU}", f"NODE#{NODE}", None, each)) for each in rows]
    assert [("page" in each) for (each,) in noted] == [False, True]
