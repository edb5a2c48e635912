"""Digital lines cancelled, returned, quoted, in carts and in trials."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.domain.errors import (
    IllegalTransition,
    NothingToReturn,
    TooLateToCancel,
    ValidationFailed,
)
from oms.domain.model import fulfilment as fo
from oms.domain.model.node import DIGITAL
from oms.domain.model.order import Order
from oms.domain.model.returns import ReturnRequest
from oms.domain.quoting.quote import Option, QuoteLine, QuoteRequest
from oms.domain.reserving.reservation import Cart, CartItem
from oms.domain.steering.trial import Trial, TrialLine
from oms.usecases.digital.load_codes import view_codes
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.quote_availability import quote_availability
from oms.usecases.reserving.deps import Reserving
from oms.usecases.reserving.reserve_basket import reserve_basket
from oms.usecases.returning.refund_return import refund_return
from oms.usecases.returning.request_return import request_return
from oms.usecases.serving.cancel_order import cancel_order
from oms.usecases.serving.deps import Serving
from oms.usecases.steering.simulate_sourcing import simulate_sourcing
from tests.bundles import bundle
from tests.cloud import NOW, World, receive
from tests.digital import CODES, codes_of, deliver, load, only_digital
from tests.digital import deps as digital_deps
from tests.orders import assigned, place
from tests.parts import capture, conclude, through
from tests.returning import deps as return_deps
from tests.steering import steering

# --- cancelling and returning ---------------------------------------------------------------------


def cancel(world: World, order: str) -> Order:
    return cancel_order(order, "NO_LONGER", actor="ann", deps=bundle(Serving, world))


def test_cancelled_in_time_it_costs_nothing_and_no_code(world: World) -> None:
    """A run died between taking the code and saying so."""
    load(world, CODES[0])
    order = only_digital(world, {"GIFT": 1})
    world.goods.take(order.id, {(1, 0): "GIFT"}, world.now)
    assert cancel(world, order.id).parts[0].status == fo.CANCELLED
    assert deliver(world, order.id) == "NOTHING"
    assert view_codes("GIFT", deps=digital_deps(world)).left == 1
    assert world.goods.given(order.id) == {}
    assert conclude(world, order.id) == "CANCELLED"
    paid = world.orders.get(order.id).payment
    assert paid is not None
    assert paid.status == "VOIDED"


def test_delivered_it_cannot_be_cancelled(world: World) -> None:
    load(world, CODES[0])
    order = only_digital(world, {"GIFT": 1})
    deliver(world, order.id)
    with pytest.raises(TooLateToCancel):
        cancel(world, order.id)


@pytest.mark.parametrize("event", sorted(set(fo.lifecycle.FULFILMENT["ASSIGNED"])))
def test_a_digital_part_knows_its_own_events_only(world: World, event: str) -> None:
    part = only_digital(world, {"GIFT": 1}).parts[0]
    goods = replace(part, method="SHIP", node="dc-lille")
    assert part.actions == ["cancel", "deliver_digital", "try_again"]
    assert not {"deliver_digital", "try_again"} & set(goods.actions)
    if event not in part.actions:
        with pytest.raises(IllegalTransition):
            part.moved(event)


def ask_back(world: World, order: str, lines: dict[int, int], **more: bool) -> Any:
    wanted = ReturnRequest("r1", lines, dict.fromkeys(lines, "OTHER"), **more)
    return request_return(order, wanted, actor="ann", deps=return_deps(world))[1]


def paid_back(world: World, order: str, number: int = 1) -> Any:
    refund_return(order, number, deps=return_deps(world))
    return next(ret for ret in world.orders.get(order).returns if ret.number == number)


def test_customers_do_not_return_what_they_have_seen_and_service_may_refund_it(
    world: World,
) -> None:
    load(world, CODES[0])
    order = only_digital(world, {"GIFT": 1})
    deliver(world, order.id)
    capture(world, order.id, 1)
    with pytest.raises(NothingToReturn) as refused:
        ask_back(world, order.id, {1: 1})
    assert refused.value.fields == {"/lines/0": "line 1 is a digital product: it is not returnable"}
    ret = ask_back(world, order.id, {1: 1}, in_window=False)
    assert ask_back(world, order.id, {1: 1}, in_window=False) == ret
    assert (ret.status, ret.money, ret.amount) == ("INSPECTED", "DUE", 5000)
    assert paid_back(world, order.id).money == "SUCCEEDED"
    assert codes_of(world, order.id) == [CODES[0]], "it was seen: it is not sold again"


def test_customers_return_what_the_product_says_and_not_beside_other_things(world: World) -> None:
    kind = replace(world.config.products(["FILE"])["FILE"], takes_back=True)
    world.config.put("PRODUCT#FILE", kind)
    receive(world, "SKU-001", "dc-lille", 1)
    order = assigned(world, {"FILE": 1, "SKU-001": 1})
    deliver(world, order.id, 2)
    through(world, order.id, 1, "accept", "pick", "pack", "label", "ship")
    for number in (1, 2):
        capture(world, order.id, number)
    with pytest.raises(ValidationFailed) as refused:
        ask_back(world, order.id, {1: 1, 2: 1})
    assert list(refused.value.fields) == ["/lines/0"]
    ask_back(world, order.id, {1: 1})
    assert (paid_back(world, order.id).amount, world.stock.items.get("FILE", DIGITAL)) == (
        700,
        None,
    )


# --- quotes, carts and trials ---------------------------------------------------------------------


def quote(world: World, *lines: QuoteLine) -> dict[str, Option]:
    asked = QuoteRequest("web", lines, "FR", "48.86", "2.35")
    found = quote_availability(
        asked, deps=bundle(Quoting, world, now=NOW, codes_left=world.goods.left)
    )
    return {option.id: option for option in found.options}


def test_digital_lines_are_quoted_by_the_codes_that_are_left(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 1)
    load(world, *CODES[:2])
    mixed = quote(world, QuoteLine("SKU-001", 1), QuoteLine("GIFT", 2), QuoteLine("FILE", 9))
    assert {"SHIP:standard", "DIGITAL:immediate"} <= set(mixed)
    digital = mixed["DIGITAL:immediate"]
    assert (digital.available, digital.price, digital.node) == (True, 0, "")
    assert mixed["SHIP:standard"].missing == {}, "the others are about what is carried"
    [short] = quote(world, QuoteLine("GIFT", 3)).values()
    assert (short.available, short.missing) == (False, {"GIFT": 1})


def test_a_cart_holds_what_lies_on_shelves(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 1)
    lines = (CartItem("GIFT", 1), CartItem("SKU-001", 1))
    basket = Cart("cart-1", "web", lines, 900, country="FR", lat="48.86", lon="2.35")
    held = reserve_basket(basket, actor="shopper", deps=bundle(Reserving, world)).reservation
    assert [(hold.sku, hold.node) for hold in held.holds] == [("SKU-001", "dc-lille")]
    order = place(world, {"GIFT": 1, "SKU-001": 1}, reservation=held.id).snapshot
    assert [part.node for part in order.planned] == ["dc-lille", DIGITAL]


def test_a_trial_says_that_it_needs_no_node(world: World) -> None:
    trial = Trial("web", (TrialLine("GIFT", 2),), "FR")
    tried = simulate_sourcing(trial, deps=steering(world))
    assert (tried.record.how, tried.record.digital, tried.missing) == (DIGITAL, 2, {})
    assert tried.promise is not None
