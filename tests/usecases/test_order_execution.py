"""The tasks of an order's execution, one by one and twice, and what the stream does between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import Fault
from oms.domain.model import fulfilment as fo
from oms.domain.model.fulfilment import picked, rejected
from oms.domain.model.payment import PaymentMeans
from oms.domain.orders import progress
from oms.domain.preparing.steps import unpick
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import state_changed
from oms.usecases.following_stock.fill_backorders import fill_backorders
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.parts import capture, conclude, item, move, through
from tests.stock_deps import following_stock


def test_an_order_goes_from_click_to_handover(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    through(world, order_id, 1, "accept", "pick")
    assert item(world, "SKU-001") == {"on_hand": 5, "allocated": 0, "staged": 2, "available": 3}
    through(world, order_id, 1, "pack", "label", "ship")
    assert item(world, "SKU-001") == {"on_hand": 3, "allocated": 0, "staged": 0, "available": 3}
    assert progress.situation(world.orders.get(order_id)) == progress.FULFILLING
    assert capture(world, order_id, 1) == "SUCCEEDED"
    assert capture(world, order_id, 1) == "NOTHING_TO_DO"
    assert progress.situation(world.orders.get(order_id)) == progress.DONE
    assert conclude(world, order_id) == "COMPLETED"
    assert conclude(world, order_id) == "COMPLETED"
    order = world.orders.get(order_id)
    assert order.payment
    assert order.payment.captured == order.snapshot.grand_total


def test_money_of_an_order_in_work_is_not_released(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    with pytest.raises(Fault):
        conclude(world, order_id)


def test_captures_of_a_split_order_add_up_to_the_cent(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 2)
    receive(world, "SKU-001", "dc-leipzig", 1)
    order = assigned(world, {"SKU-001": 3})
    for part in order.parts:
        through(world, order.id, part.number, "accept", "pick", "pack", "label", "ship")
        assert capture(world, order.id, part.number) == "SUCCEEDED"
    paid = world.orders.get(order.id).payment
    assert paid
    assert paid.captured == order.snapshot.grand_total == 3 * 1999 + 490


def test_a_declined_payment_cancels_and_frees_the_stock(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    means = PaymentMeans("card", "sandbox", "tok_decline")
    order_id = place(world, {"SKU-001": 2}, means=means).snapshot.id
    assert authorise(world, order_id) == "DECLINED"
    assert authorise(world, order_id) == "DECLINED"
    state_changed(order_id, None, deps=bundle(Executing, world))
    assert item(world, "SKU-001")["available"] == 5
    assert allocate(world, order_id) == "DONE"
    assert conclude(world, order_id) == "CANCELLED"


@pytest.mark.parametrize(
    ("reason", "on_hand", "available"),
    [
        (fo.NOT_IN_STOCK, 0, 0),
        (fo.MISMATCH, 3, 3),
        (fo.DAMAGED, 5, 3),
        ("WORN", 5, 3),
        (fo.NO_VARIANCE, 5, 5),
        (fo.NO_CAPACITY, 5, 5),
    ],
)
def test_a_rejection_corrects_stock_by_its_reason(
    world: World, reason: str, on_hand: int, available: int
) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    receive(world, "SKU-001", "dc-leipzig", 5)
    order = assigned(world, {"SKU-001": 2})
    part = order.parts[0]
    assert part.node == "dc-lille"
    move(world, order.id, 1, "reject", rejected(part, {1: reason}))
    after = item(world, "SKU-001")
    assert (after["on_hand"], after["available"]) == (on_hand, available)
    assert allocate(world, order.id) == "FULFILLING"
    assert [p.node for p in world.orders.get(order.id).parts] == ["dc-lille", "dc-leipzig"]


def test_what_was_found_stays_and_the_shortfall_is_sourced_elsewhere(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    receive(world, "SKU-001", "store-lyon", 5)
    order = assigned(world, {"SKU-001": 3})
    through(world, order.id, 1, "accept")
    part = world.orders.part(order.id, 1)
    move(world, order.id, 1, "pick", picked(part, {1: 2}, {1: fo.MISMATCH}))
    assert item(world, "SKU-001") == {"on_hand": 4, "allocated": 0, "staged": 2, "available": 2}
    allocate(world, order.id)
    second = world.orders.part(order.id, 2)
    assert (second.node, second.quantity) == ("store-lyon", 1)


def test_a_second_pick_does_not_forget_what_the_first_one_missed(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 3})
    through(world, order.id, 1, "accept")
    part = world.orders.part(order.id, 1)
    move(world, order.id, 1, "pick", picked(part, {1: 2}, {1: fo.MISMATCH}))
    move(world, order.id, 1, "unpick", unpick(world.orders.part(order.id, 1))[1])
    move(world, order.id, 1, "pick", picked(world.orders.part(order.id, 1), {}, {}))
    again = world.orders.get(order.id)
    assert (again.attempts, again.refused_by(1)) == (1, frozenset({"dc-lille"}))
    assert item(world, "SKU-001") == {"on_hand": 4, "allocated": 0, "staged": 2, "available": 2}


def test_rejections_end_in_a_case_and_never_in_a_loop(world: World) -> None:
    for node in ("dc-lille", "dc-leipzig", "store-paris", "store-lyon", "drop-milano"):
        receive(world, "SKU-001", node, 5)
    order_id = assigned(world, {"SKU-001": 1}).id
    outcome = "FULFILLING"
    for number in range(1, 20):
        if outcome != "FULFILLING":
            break
        part = world.orders.part(order_id, number)
        move(world, order_id, number, "reject", rejected(part, {1: fo.NO_CAPACITY}))
        outcome = allocate(world, order_id)
    order = world.orders.get(order_id)
    assert outcome == "STUCK"
    assert len({part.node for part in order.parts}) == len(order.parts) == 5
    assert [case["sk"] for case in order.cases] == ["CASE#SOURCING#05"]


def test_arriving_stock_serves_waiting_orders_in_priority_order(world: World) -> None:
    first = assigned(world, {"SKU-001": 2}, channel="patient", external_id="first", placed_at=100)
    second = assigned(world, {"SKU-001": 2}, channel="patient", external_id="second", placed_at=50)
    assert progress.situation(first) == progress.BACKORDERED
    receive(world, "SKU-001", "dc-lille", 3)
    for _ in range(2):
        fill_backorders("SKU-001", "dc-lille", following_stock(world))
    assert item(world, "SKU-001")["available"] == 0
    assert allocate(world, second.id) == "FULFILLING"
    assert world.orders.part(second.id, 1).quantity == 2
    assert allocate(world, first.id) == "FULFILLING"
    assert world.orders.part(first.id, 1).quantity == 1
    assert len(world.stock.waiting.of_sku("SKU-001")) == 1


def test_an_uncollected_pickup_gives_captured_money_back(world: World) -> None:
    channel = replace(world.config.channel("web"), capture_pickup_at=fo.READY_FOR_PICKUP)
    world.config.put("CHANNEL#web", channel)
    receive(world, "SKU-001", "store-paris", 1)
    order = assigned(world, {"SKU-001": 1}, method="PICKUP", node="store-paris", ship_to=None)
    through(world, order.id, 1, "accept", "pick", "pack", "shelve")
    assert capture(world, order.id, 1) == "SUCCEEDED"
    through(world, order.id, 1, "lapse")
    assert conclude(world, order.id) == "CANCELLED"
    assert conclude(world, order.id) == "CANCELLED"
    paid = world.orders.get(order.id).payment
    assert paid
    assert (paid.captured, paid.refunded) == (2489, 2489)
    assert item(world, "SKU-001", "store-paris")["available"] == 1
