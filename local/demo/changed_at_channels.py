"""Stories of orders that their channel changes after it sold them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from local.actors import marketplace as amazon
from local.actors import shopify
from local.actors.people import GIULIA, JONAS, LOUIS
from local.demo.steps import deliver
from local.demo.tale import Tale


def _later(minutes: int = 1) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def _sold(tale: Tale, sku: str) -> tuple[str, dict[str, Any]]:
    """Our id, and the order as the shop has it."""
    body = shopify.order(tale.world.new_id("S"), {sku: 1}, JONAS)
    order = str(tale.world.shopify.send(body)["id"])
    tale.begin(order, "reported by the Shopify shop")
    tale.world.staff.wait_for_part(order)
    return order, body


def cancelled_at_the_shop(tale: Tale) -> None:
    """Cancelled at the Shopify shop."""
    order, body = _sold(tale, "SKU-004")
    ended = {"cancelled_at": _later(), "cancel_reason": "customer", "updated_at": _later()}
    tale.world.shopify.send(body | ended, topic="orders/cancelled")
    tale.ends_as(order, "CANCELLED", "cancelled at the shop")


def edited_at_the_shop(tale: Tale) -> None:
    """The shop takes out the only line."""
    order, body = _sold(tale, "SKU-010")
    [line] = body["line_items"]
    edited = {"line_items": [line | {"current_quantity": 0}], "updated_at": _later()}
    tale.world.shopify.send(body | edited, topic="orders/updated")
    tale.ends_as(order, "CANCELLED", "edited at the shop: nothing is left of it")


def moved_at_the_shop(tale: Tale) -> None:
    """The address is corrected at the Shopify shop."""
    order, body = _sold(tale, "SKU-004")
    there = body["shipping_address"] | {"address1": "Hauptstraße 7"}
    moved = {"shipping_address": there, "updated_at": _later()}
    tale.world.shopify.send(body | moved, topic="orders/updated")
    now = tale.world.service.see(order).raw["ship_to"]["line1"]
    tale.tell(order, f"the shop corrected the address to {now}")
    deliver(tale, order)


def buyer_asks_the_marketplace(tale: Tale) -> None:
    """A buyer's cancellation comes over the marketplace's queue."""
    world = tale.world
    body = amazon.order(world.new_id("A"), {"SKU-005": 1}, GIULIA)
    [order] = world.marketplace.send(body)
    world.shop.wait(order, bool, waiting_for="it to come in")
    tale.begin(order, "came in from the marketplace")
    world.staff.wait_for_part(order)
    asked = {"cancellation": {"cancellationRequest": {"requester": "BUYER"}}}
    items = [item | asked for item in body["orderItems"]]
    world.marketplace.send(body | {"orderItems": items})
    tale.ends_as(order, "CANCELLED", "its buyer asked the marketplace to cancel it")


def completed_by_the_marketplace(tale: Tale) -> None:
    """The marketplace tells the address later."""
    world = tale.world
    body = amazon.order(world.new_id("A"), {"SKU-005": 1}, LOUIS)
    withheld = {"city": LOUIS.city, "countryCode": LOUIS.country, "name": ""}
    [order] = world.marketplace.send(body | {"recipient": {"deliveryAddress": withheld}})
    world.service.wait(order, lambda seen: bool(seen.holds), waiting_for="its hold")
    tale.begin(order, "came in from the marketplace without an address, and is held")
    world.marketplace.send(body)
    world.service.wait(order, lambda seen: not seen.holds, waiting_for="its address")
    tale.tell(order, "the marketplace told the address: it goes on")
    deliver(tale, order)


STORIES = (
    cancelled_at_the_shop,
    edited_at_the_shop,
    moved_at_the_shop,
    buyer_asks_the_marketplace,
    completed_by_the_marketplace,
)
