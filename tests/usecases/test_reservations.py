"""Carts hold stock for a while: once, for one order, and never beyond their time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import Fault, IdempotencyConflict, IllegalTransition, OutOfStock
from oms.domain.limits.carts import MAX_RESERVATION_LIFE_S
from oms.domain.model.stock_item import problems
from oms.domain.reserving.reservation import Cart, CartItem, Reservation
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import order_placed
from oms.usecases.following_stock.release_orphan_claim import release_orphan_claim
from oms.usecases.reserving.change_reservation import (
    expire_reservations,
    extend_reservation,
    release_reservation,
)
from oms.usecases.reserving.deps import Reserving
from oms.usecases.reserving.follow_reservation import follow_reservation
from oms.usecases.reserving.reserve_basket import Reserved, reserve_basket
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import place
from tests.stock_deps import following_stock

SKU, NODE = "SKU-001", "dc-lille"


def basket(quantity: int = 3, key: str = "cart-1", **more: object) -> Cart:
    lines = (CartItem(SKU, quantity),)
    given = {"channel": "web", "ttl_s": 900, "country": "FR", "lat": "48.86", "lon": "2.35"} | more
    return Cart(key, lines=lines, **given)


def reserve(world: World, quantity: int = 3, key: str = "cart-1", **more: object) -> Reserved:
    return reserve_basket(basket(quantity, key, **more), actor="shopper", deps=bundle(Reserving, world))  # fmt: skip


def buckets(world: World, node: str = NODE) -> tuple[int, int, int]:
    """available, soft, allocated; the item is sound."""
    item = world.stock.items.get(SKU, node)
    assert item
    assert problems(item) == []
    return item.available, item.soft, item.allocated


def streamed(world: World, id: str) -> Reservation:
    """The stream delivers the row's last change, twice."""
    row = world.reservations.get(id)
    for _ in range(2):
        follow_reservation(row, actor="sweep", deps=bundle(Reserving, world))
    return row


def placed_from(world: World, cart: str, order_id: str) -> Reservation:
    for _ in range(2):
        order_placed(order_id, cart, deps=bundle(Executing, world))  # fmt: skip
    return streamed(world, cart)


def test_a_cart_holds_its_stock_once_however_often_it_asks(world: World) -> None:
    receive(world, SKU, NODE, 5)
    first, second = reserve(world), reserve(world)
    assert (first.created, second.created) == (True, False)
    assert second.reservation == first.reservation
    assert buckets(world) == (2, 3, 0)
    with pytest.raises(OutOfStock) as refused:
        reserve(world, 3, key="cart-2")
    assert refused.value.extra["missing"] == {SKU: 1}
    with pytest.raises(IdempotencyConflict):
        reserve(world, 2)


def test_an_order_takes_over_its_carts_last_units_which_nobody_else_can(world: World) -> None:
    receive(world, SKU, NODE, 3)
    cart = reserve(world).reservation.id
    with pytest.raises(OutOfStock):
        place(world, {SKU: 1}, external_id="stranger")
    order = place(world, {SKU: 3}, reservation=cart)
    assert buckets(world) == (0, 0, 3)
    again = place(world, {SKU: 3}, reservation=cart)
    assert (again.created, again.snapshot) == (False, order.snapshot)
    row = placed_from(world, cart, order.snapshot.id)
    assert (row.status, row.order) == ("COMMITTED", order.snapshot.id)
    assert buckets(world) == (0, 0, 3)
    with pytest.raises(OutOfStock):
        place(world, {SKU: 3}, external_id="second", reservation=cart)


@pytest.mark.parametrize(
    ("bought", "while_open", "afterwards"),
    [(2, (2, 1, 2), (3, 0, 2)), (4, (1, 0, 4), (1, 0, 4)), (5, (0, 0, 5), (0, 0, 5))],
)
def test_the_order_may_want_more_or_less_than_its_cart(
    world: World, bought: int, while_open: tuple[int, ...], afterwards: tuple[int, ...]
) -> None:
    receive(world, SKU, NODE, 5)
    cart = reserve(world).reservation.id
    order = place(world, {SKU: bought}, reservation=cart)
    assert buckets(world) == while_open
    placed_from(world, cart, order.snapshot.id)
    assert buckets(world) == afterwards


def test_a_refused_order_leaves_the_cart_what_it_holds(world: World) -> None:
    receive(world, SKU, NODE, 3)
    receive(world, "SKU-002", NODE, 1)
    cart = reserve(world).reservation.id
    real = world.stock.claims.claim_each
    rivals = iter(["rival"])

    def beside_rival(moves: object) -> object:
        if next(rivals, None):
            place(world, {"SKU-002": 1}, external_id="rival")
        return real(moves)

    world.stock.claims.claim_each = beside_rival  # type: ignore[method-assign, assignment]
    with pytest.raises(OutOfStock):
        place(world, {SKU: 3, "SKU-002": 1}, reservation=cart)
    assert buckets(world) == (0, 3, 0)
    assert place(world, {SKU: 3}, external_id="e2", reservation=cart).created


def test_a_cart_that_ran_out_gives_no_right_even_before_the_sweep(world: World) -> None:
    receive(world, SKU, NODE, 5)
    cart = reserve(world).reservation.id
    world.now += 900
    with pytest.raises(OutOfStock):
        place(world, {SKU: 3}, reservation=cart)
    order = place(world, {SKU: 2}, external_id="e2", reservation=cart)
    assert order.snapshot.reservation == ""
    swept = expire_reservations(deps=bundle(Reserving, world))
    assert [(each.order_id, each.event) for each in swept] == [(cart, "expire")]
    assert expire_reservations(deps=bundle(Reserving, world)) == []
    assert streamed(world, cart).status == "EXPIRED"
    assert buckets(world) == (3, 0, 2)


def test_another_channels_cart_is_no_use(world: World) -> None:
    receive(world, SKU, NODE, 3)
    cart = reserve(world).reservation.id
    placed = place(world, {SKU: 3}, channel="patient", reservation=cart)
    assert placed.snapshot.waiting == {1: frozenset({0, 1, 2})}
    assert buckets(world) == (0, 3, 0)
    assert place(world, {SKU: 3}, external_id="own", reservation=cart).created, "not the waiter's"


def extend(world: World, id: str, ttl_s: int, **changes: int) -> Reservation:
    deps = bundle(Reserving, world, **changes)
    return extend_reservation(id, ttl_s, actor="shopper", deps=deps)


def test_activity_extends_a_cart_but_not_for_ever(world: World) -> None:
    receive(world, SKU, NODE, 5)
    made = reserve(world).reservation
    world.now += 600
    assert extend(world, made.id, 900).expires_at == world.now + 900
    assert expire_reservations(deps=bundle(Reserving, world, now=made.expires_at)) == []
    late = world.now + 899
    longest = made.created_at + MAX_RESERVATION_LIFE_S
    assert extend(world, made.id, 10**6, now=late).expires_at == longest
    with pytest.raises(IllegalTransition):
        extend(world, made.id, 900, now=longest)


def test_a_released_cart_is_free_and_stays_so(world: World) -> None:
    receive(world, SKU, NODE, 5)
    cart = reserve(world).reservation.id
    first, again = (
        release_reservation(cart, actor="shopper", deps=bundle(Reserving, world)) for _ in range(2)
    )
    assert first == again
    streamed(world, cart)
    assert buckets(world) == (5, 0, 0)
    for ended in (lambda: reserve(world), lambda: extend(world, cart, 60)):
        with pytest.raises(IllegalTransition):
            ended()


def test_who_died_holding_is_found_again_or_freed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, SKU, NODE, 3)

    def died(*_: object) -> object:
        raise Fault("died before the row was written")

    with monkeypatch.context() as patched:
        patched.setattr(world.reservations, "create", died)
        for key in ("comes-again", "never-seen"):
            with pytest.raises(Fault):
                reserve(world, {"comes-again": 2, "never-seen": 1}[key], key)
    assert buckets(world) == (0, 3, 0)
    assert reserve(world, 2, "comes-again").created
    item = world.stock.items.get(SKU, NODE)
    assert item
    for claim in item.claims:
        release_orphan_claim(claim, SKU, NODE, following_stock(world))  # fmt: skip
    assert buckets(world) == (1, 2, 0)


def test_a_twin_that_planned_elsewhere_gives_back_what_it_held(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, SKU, NODE, 3)
    receive(world, SKU, "dc-leipzig", 3)
    create = world.reservations.create
    lost = []

    def after_twin(reservation: Reservation, entry: object) -> Reservation:
        if not lost:
            lost.append(reservation)
            elsewhere = [replace(held, node="dc-leipzig") for held in reservation.holds]
            create(replace(reservation, holds=tuple(elsewhere)), entry)
        return create(reservation, entry)

    monkeypatch.setattr(world.reservations, "create", after_twin)
    found = reserve(world)
    assert (found.created, found.reservation.holds[0].node) == (False, "dc-leipzig")
    assert buckets(world) == (3, 0, 0)
