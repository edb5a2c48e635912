"""What was shown and held is what the order is promised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import OutOfStock, ValidationFailed
from oms.domain.quoting.quote import QuoteLine, QuoteRequest
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.hold_quote import hold_quote
from oms.usecases.quoting.hold_wish import HoldWish
from oms.usecases.quoting.quote_availability import quote_availability
from oms.usecases.reserving.deps import Reserving
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import PARIS, place

ASKED = QuoteRequest("web", (QuoteLine("SKU-001", 2),), "FR", PARIS.lat, PARIS.lon)
HOUR = 3600


def hold(world: World, option: str = "SHIP:standard", asked: QuoteRequest = ASKED, key: str = "c1"):
    quote = quote_availability(asked, deps=bundle(Quoting, world))
    return hold_quote(
        asked, quote, HoldWish(key, option, 8 * HOUR), actor="shop", deps=bundle(Reserving, world)
    )


def test_the_promise_shown_stays_the_orders_after_the_cutoff(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 2)
    held = hold(world)
    world.now += 6 * HOUR  # past 14:00
    fresh = quote_availability(ASKED, deps=bundle(Quoting, world))
    assert fresh.options[0].missing == {"SKU-001": 2}, "it is held"
    snapshot = place(world, {"SKU-001": 2}, reservation=held.id).snapshot
    assert snapshot.promise is not None
    assert held.promise is not None
    assert snapshot.promise.deliver_by == held.promise.deliver_by
    receive(world, "SKU-001", "dc-lille", 2, id="more")
    later = place(world, {"SKU-001": 2}, external_id="e2").snapshot.promise
    assert later is not None
    assert later.deliver_by > held.promise.deliver_by, "without the cart it would be later"


@pytest.mark.parametrize(
    "other",
    [{"service": "express"}, {"ship_to": replace(PARIS, country="DE")}, {"quantity": 1}],
    ids=str,
)
def test_another_wish_has_another_promise(world: World, other: dict) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    held = hold(world)
    world.now += 6 * HOUR
    wish = dict(other)
    quantity = wish.pop("quantity", 2)
    promise = place(world, {"SKU-001": quantity}, reservation=held.id, **wish).snapshot.promise
    assert promise is not None
    assert promise.deliver_by > held.promise.deliver_by


def test_an_option_that_is_not_offered_names_its_field(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    with pytest.raises(ValidationFailed) as refused:
        hold(world, "SHIP:drone")
    assert list(refused.value.fields) == ["/hold/option"]


def test_what_is_not_there_cannot_be_held(world: World) -> None:
    with pytest.raises(OutOfStock):
        hold(world)
