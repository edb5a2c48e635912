"""Digital lines: no stock and no node, at once, and each code once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.domain.auditing.checks import of_order
from oms.domain.errors import (
    NotFound,
    ValidationFailed,
)
from oms.domain.model import fulfilment as fo
from oms.domain.model.customer import Customer
from oms.domain.model.node import DIGITAL
from oms.domain.model.order import Hold
from oms.domain.model.product import GIFT_CARD, Product
from oms.domain.orders import progress
from oms.domain.orders.buckets import buckets_of
from oms.domain.orders.deliverable import deliverable
from oms.domain.orders.intake import NewLine
from oms.domain.orders.pricing import price_order
from oms.domain.orders.status import customer_status
from oms.domain.preparing import deadlines
from oms.domain.steering.sentence import sentence
from oms.usecases.digital.load_codes import CodePool, view_codes
from oms.usecases.digital.view_digital_goods import view_digital_goods
from oms.usecases.serving.deps import Serving
from oms.usecases.serving.release_hold import release_hold
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.digital import CODES, codes_of, deliver, deps, load, only_digital, serve
from tests.orders import PARIS, allocate, assigned, authorise, new_order, place
from tests.parts import capture, conclude, follow, through

# --- placing --------------------------------------------------------------------------------------


def test_an_order_of_a_gift_card_needs_no_address_no_stock_and_no_node(world: World) -> None:
    load(world, *CODES)
    order = only_digital(world, {"GIFT": 2})
    [part] = order.parts
    assert (part.node, part.method, part.status, part.locations) == (
        DIGITAL,
        DIGITAL,
        fo.ASSIGNED,
        {},
    )
    assert part.promise is not None
    assert (part.promise.deliver_by, order.promised) == ("2026-11-24", "2026-11-24")
    assert order.decisions[0].given == ()
    said = sentence(order.decisions[0], str)
    assert said == "2 units need no node: delivered digitally, at once."
    assert list(of_order(order, {})) == [], "no claim is missed"
    assert deliver(world, order.id) == "DELIVERED"
    order = world.orders.get(order.id)
    assert customer_status(order).status == "DELIVERED"
    assert buckets_of(order, order.snapshot.lines[0]).delivered == 2
    assert sorted(codes_of(world, order.id)) == sorted(set(codes_of(world, order.id)))
    assert capture(world, order.id, 1) == "SUCCEEDED"
    assert conclude(world, order.id) == "COMPLETED"


@pytest.mark.parametrize(
    ("quantities", "wishes", "field"),
    [
        ({"SKU-001": 1}, {"ship_to": None}, "/ship_to"),
        ({"SKU-001": 1, "GIFT": 1}, {"ship_to": None}, "/ship_to"),
        ({"GIFT": 1}, {"ship_to": None, "customer": Customer("c")}, "/customer/email"),
        ({"SKU-001": 1, "FILE": 1}, {"ship_to": replace(PARIS, email=""),
                                     "customer": Customer("c")}, "/customer/email"),
        ({"SKU-001": 1, "GIFT": 501}, {}, "/lines/1/quantity"),
    ],
)  # fmt: skip
def test_what_is_missing_for_the_delivery_is_named(
    world: World, quantities: dict[str, int], wishes: dict[str, Any], field: str
) -> None:
    receive(world, "SKU-001", "dc-lille", 1)
    with pytest.raises(ValidationFailed) as refused:
        place(world, quantities, **wishes)
    assert list(refused.value.fields) == [field]


def test_what_another_channel_sold_is_held_where_nothing_says_whereto(world: World) -> None:
    card = NewLine("SKU-002", 1, intangible=True)
    sold = place(world, {"GIFT": 1}, channel="shopify", customer=Customer("c"), ship_to=None)
    new = replace(new_order({}, channel="shopify", external_id="e2"), lines=(card,), ship_to=None)
    assert [hold.reason for hold in sold.snapshot.holds] == ["NO_EMAIL"]
    priced = price_order(new, world.config.products(["SKU-002"]), foreign=True)
    found = [hold.reason for hold in deliverable(new, priced, foreign=True).holds]
    assert found == ["DIGITAL_LINE: SKU-002", "INCOMPLETE_ADDRESS"]


def test_shipping_is_borne_by_what_is_carried(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 1)
    lines = place(world, {"GIFT": 1, "SKU-001": 1}).snapshot.lines
    assert [line.shipping for line in lines] == [0, 490]


# --- mixed orders ---------------------------------------------------------------------------------


def test_neither_part_of_a_mixed_order_waits_for_the_other(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"GIFT": 1, "SKU-001": 2})
    assert [(part.node, part.by_sku) for part in order.parts] == [
        ("dc-lille", {"SKU-001": 2}),
        (DIGITAL, {"GIFT": 1}),
    ]
    assert order.promised > "2026-11-24", "what is carried comes later"
    told = "1 unit needs no node: delivered digitally, at once."
    assert told in sentence(order.decisions[0], str)
    assert deliver(world, order.id, 2) == "WAITING"
    through(world, order.id, 1, "accept", "pick", "pack", "label", "ship", "deliver")
    assert capture(world, order.id, 1) == "SUCCEEDED"
    assert progress.situation(world.orders.get(order.id)) == progress.FULFILLING
    load(world, *CODES)
    assert serve(world) == 1
    assert capture(world, order.id, 2) == "SUCCEEDED"
    assert conclude(world, order.id) == "COMPLETED"
    paid = world.orders.get(order.id).payment
    assert paid is not None
    assert paid.captured == 5000 + 2 * 1999 + 490


def test_digital_lines_do_not_wait_for_stock(world: World) -> None:
    load(world, *CODES)
    order_id = place(world, {"GIFT": 1, "SKU-001": 1}, channel="patient").snapshot.id
    authorise(world, order_id)
    allocate(world, order_id)
    assert [part.node for part in world.orders.get(order_id).parts] == [DIGITAL]
    assert deliver(world, order_id) == "DELIVERED"
    capture(world, order_id, 1)
    assert progress.situation(world.orders.get(order_id)) == progress.BACKORDERED


def test_a_hold_until_the_parcel_may_leave_is_not_about_digital_lines(world: World) -> None:
    out = replace(world.config.products(["SKU-001"])["SKU-001"], release_at="2026-12-24")
    world.config.put("PRODUCT#SKU-001", out)
    receive(world, "SKU-001", "dc-lille", 5)
    load(world, *CODES)
    order = assigned(world, {"GIFT": 1, "SKU-001": 1})
    assert [hold.kind for hold in order.state.holds] == ["SCHEDULED"]
    assert [part.node for part in order.parts] == [DIGITAL]
    assert progress.situation(order) == progress.ON_HOLD
    assert deliver(world, order.id, order.parts[0].number) == "DELIVERED"


def test_every_other_hold_stops_digital_lines_too(world: World) -> None:
    order_id = place(world, {"GIFT": 1}, holds=(Hold("FRAUD", "SCORE"),)).snapshot.id
    authorise(world, order_id)
    assert (allocate(world, order_id), world.orders.get(order_id).parts) == ("ON_HOLD", ())
    release_hold(order_id, "FRAUD", actor="ann", deps=bundle(Serving, world))
    assert allocate(world, order_id) == "FULFILLING"
    assert [part.node for part in world.orders.get(order_id).parts] == [DIGITAL]


def test_what_is_not_released_yet_is_delivered_on_its_day(world: World) -> None:
    game = Product("GAME", "Game", price={"EUR": 1}, digital=GIFT_CARD, release_at="2026-12-01")
    world.config.put("PRODUCT#GAME", game)
    load(world, "KEY-1", sku="GAME")
    order = only_digital(world, {"GAME": 1})
    assert order.promised == "2026-12-01"
    assert deliver(world, order.id) == "NOT_YET"
    part = order.parts[0]
    assert part.due == 1_796_083_200, "midnight in UTC"
    assert deadlines.overdue(part, None, part.due - 1) is None
    event, after = deadlines.overdue(part, None, part.due) or ("", part)
    assert (event, after.status, after.due) == ("try_again", fo.ASSIGNED, part.due + 3600)
    follow(world, after, event)
    assert set(world.digital.asked) == {(order.id, part.number)}
    world.now = part.due
    assert deliver(world, order.id) == "DELIVERED"


# --- codes ----------------------------------------------------------------------------------------


def test_out_of_codes_a_case_tells_and_loading_serves_who_waited_longest(world: World) -> None:
    load(world, CODES[0])
    first = only_digital(world, {"GIFT": 2}, external_id="e1")
    world.now += 60
    second = only_digital(world, {"GIFT": 1}, external_id="e2")
    assert deliver(world, first.id) == "WAITING"
    assert codes_of(world, first.id) == [], "nothing is taken for a part that has to wait"
    [case] = world.orders.get(first.id).cases
    assert (case["reason"], case["missing"], case["status"]) == (
        "OUT_OF_CODES", {"GIFT": 1}, "OPEN",
    )  # fmt: skip
    load(world, CODES[1])
    assert view_codes("GIFT", deps=deps(world)) == CodePool("GIFT", 2, 1)
    assert serve(world) == 1
    assert deliver(world, second.id) == "WAITING", "the older order had both"
    load(world, CODES[2])
    assert (serve(world), serve(world)) == (1, 0)
    assert [case["status"] for case in world.orders.get(first.id).cases] == ["RESOLVED"]
    given = codes_of(world, first.id) + codes_of(world, second.id)
    assert sorted(given) == sorted(CODES)
    assert view_codes("GIFT", deps=deps(world)) == CodePool("GIFT", 0, 0)


def test_a_code_that_was_ever_loaded_is_not_sold_twice(world: World) -> None:
    assert load(world, CODES[0], CODES[0], CODES[1]) == CodePool("GIFT", 2, 0, accepted=2)
    order = only_digital(world, {"GIFT": 1})
    deliver(world, order.id)
    assert load(world, CODES[0], CODES[1]).left == 1


def test_only_what_is_delivered_as_codes_has_a_pool(world: World) -> None:
    with pytest.raises(NotFound):
        load(world, "X", sku="NOTHING")
    for sku in ("SKU-001", "FILE"):
        with pytest.raises(ValidationFailed):
            load(world, "X", sku=sku)


def test_a_download_is_a_link_of_its_own_for_each_unit(world: World) -> None:
    order = only_digital(world, {"FILE": 2})
    assert deliver(world, order.id) == "DELIVERED"
    _, goods = view_digital_goods(order.id, deps=deps(world))
    assert [good.link for good in goods.values()] == [
        f"https://shop.example/files/FILE?order={order.id}&unit=1-{unit}" for unit in (1, 2)
    ]


def test_nobody_sees_a_code_before_it_is_delivered(world: World) -> None:
    load(world, *CODES)
    order = only_digital(world, {"GIFT": 1})
    world.goods.take(order.id, {(1, 0): "GIFT"}, world.now)
    assert view_digital_goods(order.id, deps=deps(world))[1] == {}
    good = world.goods.given(order.id)[1, 0]
    assert good.code in CODES
    assert good.code not in repr(good)
    assert good.hidden.code == "••••" + good.code[-4:]
