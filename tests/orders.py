"""Builders of orders for tests: short where the test does not care."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oms.domain.model.address import Address
from oms.domain.model.customer import Customer
from oms.domain.model.order import Order
from oms.domain.model.payment import PaymentMeans
from oms.domain.orders.intake import NewLine, NewOrder
from oms.usecases.executing.allocate_order import allocate_order
from oms.usecases.executing.deps import Executing
from oms.usecases.paying.authorise_payment import authorise_payment
from oms.usecases.paying.deps import Paying
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import Placed, place_order
from tests.bundles import bundle

from .cloud import World

PARIS = Address("Ada", "1 Rue", "Paris", "FR", "75001", lat="48.85", lon="2.35", email="a@b.fr")


def new_order(
    quantities: Mapping[str, int], *, external_id: str = "e1", channel: str = "web", **more: Any
) -> NewOrder:
    lines = tuple(NewLine(sku, quantity) for sku, quantity in quantities.items())
    given: dict[str, Any] = {
        "currency": "EUR",
        "customer": Customer("c1", "a@b.fr", "Ada"),
        "means": PaymentMeans("card", "sandbox", "tok_ok"),
        "shipping": 490,
        "ship_to": PARIS,
    }
    return NewOrder(channel=channel, external_id=external_id, lines=lines, **(given | more))


def place(world: World, quantities: Mapping[str, int], **more: Any) -> Placed:
    return place_order(new_order(quantities, **more), deps=bundle(Placing, world))


def authorise(world: World, order_id: str) -> str:
    answer = authorise_payment(order_id, deps=bundle(Paying, world))
    return answer["outcome"]


def allocate(world: World, order_id: str) -> str:
    answer = allocate_order(order_id, deps=bundle(Executing, world))
    return str(answer["outcome"])


def assigned(world: World, quantities: Mapping[str, int], **more: Any) -> Order:
    """An order whose parts lie at their nodes, not accepted yet."""
    order_id = place(world, quantities, **more).snapshot.id
    assert authorise(world, order_id) == "AUTHORISED"
    allocate(world, order_id)
    return world.orders.get(order_id)
