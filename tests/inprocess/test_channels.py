"""What a channel says about its order after it sold it, by its webhooks and messages; each of them
is delivered twice.
"""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.errors import NotFound
from oms.domain.ids import order_id
from oms.domain.model.order import Order
from oms.domain.orders.holds import code_of

from . import web
from .channels import case, message, order_of, webhook
from .story import STAFF, Story
from .world import World, different

FIRST, LATER = "2026-11-30T17:46:58Z", "2026-11-30T18:00:00Z"
CREATED, CANCELLED = case("shopify_cancelled_after_create")
PENDING, PAID = case("shopify_pending_then_paid")


@pytest.fixture
def world() -> World:
    built = World()
    Story(built).stocked("dc-lille", SKU_001=5)
    built.twice = True
    return built


def shopify(world: World, id: object = CREATED["id"]) -> Order:
    return order_of(world, "shopify", id)


def codes(order: Order) -> list[str]:
    return [code_of(hold) for hold in order.state.holds]


def claimed(world: World) -> int:
    item = world.stock.items.get("SKU-001", "dc-lille")
    assert item is not None
    return item.on_hand - item.available


def told(order: Order) -> list[str]:
    return sorted(str(row["sk"]).split("#")[1] for row in order.messages)


def steps(world: World, order: Order, *names: str) -> None:
    story = Story(world)
    story.order_id = order.id
    story.does(1, *names)


def test_a_cancelled_order_of_a_shop_is_cancelled(world: World) -> None:
    webhook(world, "orders/create", CREATED)
    assert shopify(world).parts[0].status == "ASSIGNED"
    assert claimed(world) == 1
    webhook(world, "orders/cancelled", CANCELLED)
    order = shopify(world)
    assert (order.state.status, order.state.cancel_reason) == ("CANCELLED", "CUSTOMER")
    assert claimed(world) == 0
    assert (world.unlike, world.died) == ([], [])


def test_a_cancellation_that_comes_first_ends_the_same(world: World) -> None:
    webhook(world, "orders/cancelled", CANCELLED)
    webhook(world, "orders/create", CREATED)
    order = shopify(world)
    assert (order.state.status, order.state.cancel_reason) == ("CANCELLED", "CUSTOMER")
    assert (claimed(world), order.parts) == (0, ())
    assert "CONFIRMED" not in told(order)
    assert world.unlike == []


def test_a_node_that_works_on_it_is_asked(world: World) -> None:
    webhook(world, "orders/create", CREATED)
    steps(world, shopify(world), "accept", "pick")
    webhook(world, "orders/cancelled", CANCELLED)
    [part] = shopify(world).parts
    assert (part.status, part.request) == ("PICKED", "CANCEL_REQUESTED")


def test_what_has_left_when_it_is_cancelled_is_for_a_person(world: World) -> None:
    webhook(world, "orders/create", CREATED)
    steps(world, shopify(world), "accept", "pick", "pack", "label", "ship")
    assert webhook(world, "orders/cancelled", CANCELLED)[0] == 200
    order = shopify(world)
    assert order.state.cancel_reason == ""
    [found] = [each for each in order.cases if each["sk"].startswith("CASE#CHANNEL")]
    assert (found["status"], found["reason"]) == ("OPEN", "CANCELLED_AFTER_SHIPMENT")
    assert world.unlike == []


def test_an_order_that_is_paid_later_goes_on_without_a_person(world: World) -> None:
    webhook(world, "orders/create", PENDING)
    order = shopify(world, PENDING["id"])
    assert (codes(order), order.parts) == (["FINANCIAL_STATUS"], ())
    webhook(world, "orders/paid", PAID)
    webhook(world, "orders/create", PENDING)
    order = shopify(world, PENDING["id"])
    assert (codes(order), [part.status for part in order.parts]) == ([], ["ASSIGNED"])
    assert (world.unlike, world.died) == ([], [])


def test_paid_that_comes_first_is_not_held_by_what_was_before(world: World) -> None:
    webhook(world, "orders/paid", PAID | {"updated_at": LATER})
    webhook(world, "orders/create", PENDING | {"updated_at": FIRST})
    assert codes(shopify(world, PENDING["id"])) == []


def test_a_payment_that_is_void_holds_what_has_not_left(world: World) -> None:
    webhook(world, "orders/create", PAID | {"updated_at": FIRST})
    order = shopify(world, PAID["id"])
    steps(world, order, "accept", "pick", "pack")
    webhook(world, "orders/updated", PAID | {"financial_status": "voided", "updated_at": LATER})
    assert codes(shopify(world, PAID["id"])) == ["FINANCIAL_STATUS"]
    where = {"order_id": order.id, "part": 1, "scope": STAFF, "nodes": "dc-lille"}
    route = "POST /orders/{order_id}/fulfilment-orders/{part}"
    assert web.call(world, f"{route}/label", {}, **where)[0] == 409


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fulfillment_status": "fulfilled", "fulfillments": [{"id": 1}]}, "ALREADY_SHIPPED"),
        (
            {"shipping_address": CREATED["shipping_address"] | {"country_code": "DE"}},
            "ADDRESS_CHANGED",
        ),
        ({"line_items": [CREATED["line_items"][0] | {"current_quantity": 3}]}, "EDITED_AT_CHANNEL"),
    ],
)
def test_what_cannot_be_followed_is_held_for_a_person(
    world: World, change: dict[str, Any], code: str
) -> None:
    webhook(world, "orders/create", CREATED | {"updated_at": FIRST})
    webhook(world, "orders/updated", CREATED | change | {"updated_at": LATER})
    order = shopify(world)
    assert codes(order) == [code]
    assert [case["reason"] for case in order.cases] == [code]
    assert world.unlike == []


def test_an_edit_that_takes_everything_out_cancels_the_order(world: World) -> None:
    webhook(world, "orders/create", CREATED | {"updated_at": FIRST})
    edited = [CREATED["line_items"][0] | {"current_quantity": 0}]
    webhook(world, "orders/updated", CREATED | {"updated_at": LATER, "line_items": edited})
    assert shopify(world).state.cancel_reason == "REMOVED_AT_CHANNEL"
    assert claimed(world) == 0


def test_an_edit_that_lowers_a_quantity_cancels_these_units(world: World) -> None:
    line = CREATED["line_items"][0] | {"quantity": 3, "current_quantity": 3}
    first = CREATED | {"line_items": [line], "total_price": "64.87"}
    webhook(world, "orders/create", first | {"updated_at": FIRST})
    edited = {"updated_at": LATER, "line_items": [line | {"current_quantity": 1}]}
    webhook(world, "orders/updated", first | edited)
    order = shopify(world)
    [part] = order.parts
    assert (codes(order), part.quantity, claimed(world)) == ([], 1, 1)
    assert [(each.source, each.why) for each in order.changes] == [("shopify", "EDITED_AT_CHANNEL")]
    assert (world.unlike, world.died) == ([], [])


def test_an_older_state_changes_nothing(world: World) -> None:
    webhook(world, "orders/updated", CREATED | {"updated_at": LATER})
    before = world.picture()
    older = CREATED | {"updated_at": FIRST, "financial_status": "pending", "note": "before"}
    webhook(world, "orders/create", older | {"shipping_address": {"address1": "elsewhere"}})
    assert different(before, world.picture()) == []


def test_two_states_of_one_second_that_differ_are_a_conflict(world: World) -> None:
    webhook(world, "orders/create", CREATED | {"updated_at": FIRST})
    other = CREATED["shipping_address"] | {"address1": "9 Rue Z"}
    webhook(world, "orders/updated", CREATED | {"updated_at": FIRST, "shipping_address": other})
    assert codes(shopify(world)) == ["CONFLICTING_STATES"]


def test_what_is_no_order_is_answered_and_ignored(world: World) -> None:
    before = world.picture()
    for topic in ("draft_orders/create", "checkouts/update", "orders/edited", "products/update"):
        assert webhook(world, topic, CREATED)[0] == 200
    assert different(before, world.picture()) == []
    with pytest.raises(NotFound):
        shopify(world)


def test_another_shop_is_refused(world: World) -> None:
    channel = world.config.channel("shopify")
    world.config.put("CHANNEL#shopify", {**_plain(channel), "settings": {"shop_domain": "a.shop"}})
    theirs = webhook(world, "orders/create", CREATED, x_shopify_shop_domain="b.shop")
    assert theirs[0] == 401
    ours = webhook(world, "orders/create", CREATED, x_shopify_shop_domain="A.shop")
    assert ours[0] == 200


def _plain(channel: Any) -> dict[str, Any]:
    return {"id": channel.id, "name": "S", "currency": "EUR", "marketplace": "shopify"}


def test_an_order_that_is_deleted_there_is_kept_and_held_here(world: World) -> None:
    webhook(world, "orders/create", CREATED)
    webhook(world, "orders/delete", {"id": CREATED["id"]})
    order = shopify(world)
    assert codes(order) == ["DELETED_AT_CHANNEL"]
    assert [case["reason"] for case in order.cases] == ["DELETED_AT_CHANNEL"]
    assert webhook(world, "orders/delete", {"id": 1})[0] == 200


def test_money_that_the_shop_gave_back_is_recorded_once(world: World) -> None:
    refund = {
        "id": 77,
        "order_id": CREATED["id"],
        "transactions": [
            {"kind": "refund", "status": "success", "amount": "5.00"},
            {"kind": "refund", "status": "failure", "amount": "9.00"},
        ],
    }
    assert webhook(world, "refunds/create", refund)[0] == 404, "sent again once it is there"
    webhook(world, "orders/create", CREATED)
    webhook(world, "refunds/create", refund)
    seen = world.orders.channel_seen(shopify(world).id)
    assert seen.refunds == {"77": 500}
    id = shopify(world).id
    shown = web.ok(world, "GET /orders/{order_id}", order_id=id, scope="oms/service")
    assert shown["channel_refunds"] == {"77": 500}


@pytest.mark.parametrize("word", ["cancellationRequest", "cancellationExecution"])
def test_a_cancellation_over_the_queue_reaches_the_node(world: World, word: str) -> None:
    body = case("amazon_address_withheld_then_full")[1]
    assert message(world, body) == []
    id = order_id("amazon", body["orderId"])
    [item] = body["orderItems"]
    asked = item | {"cancellation": {word: {"cancelReason": "I changed my mind"}}}
    message(world, body | {"orderItems": [asked]})
    assert world.orders.get(id).state.status == "CANCELLED"
    assert claimed(world) == 0
    assert world.unlike == []


def test_a_cancelled_order_without_items_over_the_queue_is_followed(world: World) -> None:
    body = case("amazon_address_withheld_then_full")[1]
    ended = body | {"fulfillment": {"fulfillmentStatus": "CANCELLED"}, "orderItems": []}
    assert message(world, ended | {"orderId": "unheard-of"}) == []
    message(world, body)
    message(world, ended)
    assert order_of(world, "amazon", body["orderId"]).state.status == "CANCELLED"
