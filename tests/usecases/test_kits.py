"""A kit is sold on its components: ordered, held for a cart, quoted, cancelled and returned."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Barrier
from typing import Any

import pytest

from oms.contracts.placed import placed_view
from oms.domain.errors import IdempotencyConflict, OutOfStock, ValidationFailed
from oms.domain.model.order import initial_state
from oms.domain.model.product import Product
from oms.domain.model.stock_item import problems
from oms.domain.quoting.quote import Option, QuoteLine, QuoteRequest
from oms.domain.reserving.reservation import Cart, CartItem
from oms.domain.steering.trial import Trial, TrialLine
from oms.usecases.executing.follow_state import given_up, release_plans
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.quote_availability import quote_availability
from oms.usecases.reserving.deps import Reserving
from oms.usecases.reserving.reserve_basket import Reserved, reserve_basket
from oms.usecases.serving.cancel_order import cancel_order
from oms.usecases.serving.deps import Serving
from oms.usecases.steering.simulate_sourcing import simulate_sourcing
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import place
from tests.returning import delivered, inspected, money, refund
from tests.steering import steering

BODY, LID, KIT = "SKU-001", "SKU-002", "KIT-001"  # two bodies and a lid, of 1999 each, for 5000
LILLE, LEIPZIG, PARIS = "dc-lille", "dc-leipzig", "store-paris"


def sold(world: World, components: dict[str, int]) -> None:
    product = Product(KIT, "Tea set", price={"EUR": 5000}, components=components)
    world.config.put(f"PRODUCT#{KIT}", product)


def available(world: World, sku: str, node: str = LILLE) -> int:
    item = world.stock.items.get(sku, node)
    assert item is not None
    assert problems(item) == []
    return item.available


def reserve(world: World, quantity: int = 1, **more: str) -> Reserved:
    given = {"country": "FR", "lat": "48.86", "lon": "2.35"} | more
    basket = Cart("cart-1", "web", (CartItem(KIT, quantity),), 900, **given)  # type: ignore[arg-type]
    return reserve_basket(basket, actor="shopper", deps=bundle(Reserving, world))


def quote(world: World, quantity: int = 1) -> dict[str, Option]:
    asked = QuoteRequest("web", (QuoteLine(KIT, quantity),), "FR", "48.86", "2.35", node=PARIS)
    found = quote_availability(asked, deps=bundle(Quoting, world))
    return {option.id: option for option in found.options}


def test_an_order_holds_the_components_and_its_lines_say_of_which_kit(world: World) -> None:
    receive(world, BODY, LILLE, 9)
    receive(world, LID, LILLE, 9)
    placed = place(world, {KIT: 2})
    lines = placed_view(placed).model_dump()["lines"]
    assert [(at["sku"], at["quantity"], at["kit"], at["kit_line"]) for at in lines] == [
        (BODY, 4, KIT, 1), (LID, 2, KIT, 1),
    ]  # fmt: skip
    assert placed.snapshot.grand_total == 2 * 5000 + 490
    assert (available(world, BODY), available(world, LID)) == (5, 7)


def test_components_come_from_several_nodes_and_a_pickup_from_its_store(world: World) -> None:
    receive(world, BODY, LILLE, 2)
    receive(world, LID, LEIPZIG, 1)
    with pytest.raises(OutOfStock):
        place(world, {KIT: 1}, method="PICKUP", node=PARIS, ship_to=None)
    placed = place(world, {KIT: 1})
    assert {part.node for part in placed.snapshot.planned} == {LILLE, LEIPZIG}


def test_a_short_component_is_named_with_the_line_as_it_was_sent(world: World) -> None:
    receive(world, "SKU-003", LILLE, 1)
    receive(world, BODY, LILLE, 3)
    receive(world, LID, LILLE, 9)
    with pytest.raises(OutOfStock) as refused:
        place(world, {"SKU-003": 1, KIT: 2})
    assert refused.value.fields == {"/lines/1": f"1 short of {BODY}"}
    assert refused.value.extra["missing"] == {BODY: 1}
    assert refused.value.extra["kits"] == {KIT: {BODY: 1}}
    assert (available(world, BODY), available(world, LID)) == (3, 9)


def test_sent_again_it_is_the_same_order_though_the_kit_is_made_otherwise_now(
    world: World,
) -> None:
    receive(world, BODY, LILLE, 9)
    receive(world, LID, LILLE, 9)
    first = place(world, {KIT: 1}, fingerprint="one")
    sold(world, {BODY: 1})
    again = place(world, {KIT: 1}, fingerprint="one")
    assert (again.created, again.snapshot) == (False, first.snapshot)
    with pytest.raises(IdempotencyConflict):
        place(world, {KIT: 2}, fingerprint="other")
    assert (available(world, BODY), available(world, LID)) == (7, 8)


def test_a_marketplaces_total_is_that_of_the_kit(world: World) -> None:
    receive(world, BODY, LILLE, 3)
    receive(world, LID, LILLE, 1)
    placed = place(world, {KIT: 1}, channel="shopify", declared_total=5490)
    assert placed.snapshot.holds == ()
    assert [line.total for line in placed.snapshot.lines] == [3333, 1667]


def test_a_cart_holds_components_and_its_order_takes_them_over_with_the_promise(
    world: World,
) -> None:
    receive(world, BODY, LILLE, 2)
    receive(world, LID, LILLE, 1)
    cart = reserve(world)
    assert [(held.sku, held.quantity) for held in cart.reservation.holds] == [(BODY, 2), (LID, 1)]
    assert reserve(world) == Reserved(cart.reservation, created=False)
    with pytest.raises(OutOfStock):
        place(world, {KIT: 1})
    placed = place(world, {KIT: 1}, reservation=cart.reservation.id)
    assert placed.snapshot.promise == cart.reservation.promise
    assert (available(world, BODY), available(world, LID)) == (0, 0)


def test_a_cart_that_lacks_a_component_is_refused_with_it(world: World) -> None:
    receive(world, BODY, LILLE, 2)
    with pytest.raises(OutOfStock) as refused:
        reserve(world)
    assert refused.value.extra == {"missing": {LID: 1}, "kits": {KIT: {LID: 1}}}
    assert available(world, BODY) == 2
    sold(world, {"NOWHERE": 1})
    with pytest.raises(ValidationFailed) as unknown:
        reserve(world)
    assert set(unknown.value.fields) == {"/lines/0/sku"}


def test_a_quote_is_of_the_components_and_says_which_of_them_the_kit_lacks(world: World) -> None:
    receive(world, BODY, LILLE, 4)
    receive(world, LID, LEIPZIG, 1)
    receive(world, BODY, PARIS, 2)
    whole, lacking = quote(world), quote(world, 2)
    assert (whole["SHIP:standard"].available, whole["SHIP:standard"].parts) == (True, 2)
    assert whole[f"PICKUP:{PARIS}"].kits == {KIT: {LID: 1}}
    assert lacking["SHIP:standard"].missing == {LID: 1}
    assert lacking["SHIP:standard"].kits == {KIT: {LID: 1}}
    placed = place(world, {KIT: 1})
    assert placed.snapshot.promise is not None
    quoted = whole["SHIP:standard"].promise
    assert quoted is not None
    assert placed.snapshot.promise.deliver_by == quoted.deliver_by


def test_rules_are_tried_on_the_components(world: World) -> None:
    receive(world, BODY, LILLE, 9)
    trial = Trial("web", (TrialLine(KIT, 2),), "FR")
    found = simulate_sourcing(trial, deps=steering(world))
    assert found.missing == {LID: 2}


def test_cancelled_every_component_is_free_again(world: World) -> None:
    receive(world, BODY, LILLE, 2)
    receive(world, LID, LEIPZIG, 1)
    placed = place(world, {KIT: 1}).snapshot
    order = cancel_order(placed.id, "NO_LONGER", note="", actor="c1", deps=bundle(Serving, world))  # fmt: skip
    assert order.state.status == "CANCELLED"
    plans = given_up(order, initial_state(placed))
    for _ in range(2):
        release_plans(order, plans, stock=world.stock)
    assert (available(world, BODY), available(world, LID, LEIPZIG)) == (2, 1)


def test_of_a_delivered_kit_components_are_returned_for_their_shares(world: World) -> None:
    receive(world, BODY, LILLE, 2)
    receive(world, LID, LILLE, 1)
    order = delivered(world, {KIT: 1})
    assert money(world, order.id)[0] == 5000 + 490
    amounts = []
    for number, line in enumerate([1, 2, 1], start=1):
        ret = inspected(world, order.id, {line: 1}, key=f"k{number}")
        amounts.append(ret.amount)
        assert refund(world, ret) == "SUCCEEDED"
    assert amounts[:2] == [1667, 1667]  # two bodies are 3333, the lid 1667
    captured, known, given = money(world, order.id)
    assert captured == known == given == 5490


def test_only_a_basket_with_a_kit_reads_the_configuration_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sku in (BODY, LID, "SKU-003"):
        receive(world, sku, LILLE, 9)
    reads: list[int] = []
    batch_get = world.config.table.batch_get

    def counted(wanted: Iterable[tuple[str, str]]) -> object:
        rows = list(wanted)
        reads.append(len(rows))
        return batch_get(rows)

    monkeypatch.setattr(world.config.table, "batch_get", counted)
    world.config.cached.clear()
    place(world, {"SKU-003": 1})
    assert len(reads) == 1
    place(world, {KIT: 1}, external_id="e2")
    assert reads[1:] == [1, 2]  # the kit, then its components; all else is cached


def test_components_are_read_beside_their_stock(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits for the other to have begun: one after the other would be refused."""
    receive(world, BODY, LILLE, 9)
    receive(world, LID, LILLE, 9)
    for ask in (lambda: place(world, {KIT: 1}), lambda: quote(world)):
        world.config.cached.clear()
        both, waited = Barrier(2, timeout=5), set[str]()

        def at_once(
            place: object, name: str, both: Barrier = both, waited: set[str] = waited
        ) -> None:
            real = getattr(place, name)

            def read(skus: Iterable[str], *rest: Any, **named: Any) -> Any:
                if name not in waited and BODY in (skus := list(skus)):
                    waited.add(name)
                    both.wait()
                return real(skus, *rest, **named)

            patch.setattr(place, name, read)

        with monkeypatch.context() as patch:
            at_once(world.config, "products")
            at_once(world.stock.availability, "network")
            ask()
        assert waited == {"products", "network"}
