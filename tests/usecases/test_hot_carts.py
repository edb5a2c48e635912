"""Carts on a hot SKU: their holds lie on pages, and become orders where they lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import OutOfStock, StockUnsettled
from oms.domain.hot_stock.pages import LOT
from oms.domain.ids import cart_claim
from oms.domain.model.stock_location import StockLocation
from oms.domain.reserving.reservation import Reservation
from oms.domain.stock import movements
from oms.stores.orders.store import OrderStore
from oms.usecases.following_stock.release_orphan_claim import release_orphan_claim
from oms.usecases.reserving.change_reservation import expire_reservations, release_reservation
from oms.usecases.reserving.deps import Reserving
from tests.bundles import bundle
from tests.cloud import World
from tests.hot_stock import (
    NODE,
    SKU,
    UNITS,
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
from tests.usecases.test_reservations import placed_from, reserve, streamed


def cart(world: World, quantity: int = 2, key: str = "cart") -> Reservation:
    return reserve(world, quantity, key=key).reservation


def order_from(world: World, held: Reservation, quantity: int) -> dict[str, int]:
    """Places the order of a cart; the pages that hold its claims."""
    placed = place(world, {SKU: quantity}, external_id=held.id, reservation=held.id)
    placed_from(world, held.id, placed.snapshot.id)
    return dict(placed.snapshot.planned[0].locations)


def test_a_cart_holds_on_a_page(hot: World) -> None:
    held = cart(hot)
    assert [each.location for each in held.holds] == [1]
    assert (page(hot, 1).soft, page(hot, 1).available) == (2, LOT - 2)
    assert (first(hot).soft, whole(hot).available) == (0, UNITS - 2)
    assert cart(hot) == held  # said again


def test_an_order_takes_over_its_carts_units_where_they_lie(hot: World) -> None:
    held = cart(hot)
    for _ in range(LOT):  # of page 1 there is nothing left
        buy(hot)
    assert order_from(hot, held, 2) == {SKU: 1}
    assert (page(hot, 1).soft, whole(hot).allocated) == (0, LOT + 2)


def test_a_cart_has_its_units_though_the_sku_was_sold_out_meanwhile(world: World) -> None:
    heated(world, LOT)
    held = cart(world)
    buy(world, LOT - 2)
    settle(world)
    assert list(first(world).pages.open) == []  # type: ignore[union-attr]
    with pytest.raises(OutOfStock):
        buy(world)
    assert order_from(world, held, 2) == {SKU: 1}
    assert (whole(world).soft, whole(world).allocated) == (0, LOT)


def test_a_run_that_died_over_a_sold_out_cart_is_finished_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heated(world, LOT)
    held = cart(world)
    buy(world, LOT - 2)
    settle(world)
    with monkeypatch.context() as dying:
        dying.setattr(OrderStore, "create", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            order_from(world, held, 2)
    assert (whole(world).soft, whole(world).allocated) == (0, LOT)
    assert order_from(world, held, 2) == {SKU: 1}
    assert (whole(world).soft, whole(world).allocated) == (0, LOT)


def test_what_a_cart_lacks_on_its_page_is_claimed_elsewhere_with_the_rest(world: World) -> None:
    heated(world, 2 * LOT)
    held = cart(world)
    for _ in range(LOT - 2):
        buy(world)
    assert order_from(world, held, 3) == {SKU: 2}
    assert (whole(world).soft, whole(world).allocated) == (0, LOT + 1)


@pytest.mark.parametrize("how", ["released", "expired"])
def test_what_a_cart_gives_up_is_sold_again(world: World, how: str) -> None:
    heated(world, LOT)
    held = cart(world)
    buy(world, LOT - 2)
    settle(world)
    follow_stream(world)
    if how == "released":
        release_reservation(held.id, actor="shopper", deps=bundle(Reserving, world))
    else:
        expire_reservations(deps=bundle(Reserving, world, now=held.expires_at))
    streamed(world, held.id)
    follow_stream(world)
    assert whole(world).available == 2
    buy(world, 2)
    assert whole(world).allocated == LOT


def test_the_hold_of_a_cart_that_was_never_written_keeps_a_sku_from_being_sold_out(
    world: World,
) -> None:
    heated(world, LOT)
    buy(world, LOT - 1)
    world.stock.claims.claim(movements.soft_hold(cart_claim("died"), SKU, NODE, 1))
    settle(world)
    with pytest.raises(StockUnsettled):
        cart(world)
    assert release_orphan_claim(
        cart_claim("died"), SKU, NODE, following_stock(world), StockLocation(1)
    )
    held = cart(world, 1)
    assert not release_orphan_claim(
        cart_claim(held.id), SKU, NODE, following_stock(world), StockLocation(1)
    )
    settle(world)
    with pytest.raises(OutOfStock):
        cart(world, key="another")


def test_a_twin_that_held_on_another_page_lets_go(hot: World) -> None:
    held = cart(hot)
    twin = movements.soft_hold(cart_claim(held.id), SKU, NODE, 2)
    stray = hot.stock.claims.claim(replace(twin, kind="SOFT_HOLD"))
    assert not stray.made  # the same worker finds it on its page
    assert whole(hot).soft == 2
